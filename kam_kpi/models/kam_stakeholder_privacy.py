import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

REMARK_LIMIT = 500
ACCESS = 'kam_kpi.group_kam_user'
# Words about the person: what is guarded most and erased first.
WORDS = ('remark', 'drivers')


class KamStakeholder(models.Model):
    """What people write about people: who sees it, how long it stays, how it is erased.

    The record rules let the account's manager, the team's leader and directors
    see a stakeholder, nobody else; the field's group says so once more.
    """

    _inherit = 'kam.stakeholder'

    remark = fields.Text(groups=ACCESS, help="Facts only: the person may ask to read this. 500 characters at most.")
    remark_date = fields.Date("Written on", readonly=True, copy=False, groups=ACCESS, help="When remark or drivers were last written.")
    inactive_since = fields.Date(
        readonly=True, copy=False, help="Since when the person is off the map or seems to have left.")

    _remark_length = models.Constraint(
        f'CHECK (remark IS NULL OR char_length(remark) <= {REMARK_LIMIT})',
        f"A remark about a person has {REMARK_LIMIT} characters at most.")

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        for person, vals in zip(people, vals_list, strict=True):
            if any(vals.get(name) for name in WORDS):
                person._date_words()
        return people

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in WORDS):
            for person in self:
                person._date_words()
        if 'active' in vals:
            self._date_inactive()
        return result

    def _date_words(self):
        self.ensure_one()
        self.remark_date = any(self[name] for name in WORDS) and self.company_id._kam_today()

    def _sync_left(self):
        super()._sync_left()
        self.sudo()._date_inactive()  # sudo: as there

    def _date_inactive(self):
        """Keep the day since when each is off the map or has left; none for people who are here."""
        for person in self:
            gone = not person.active or person.has_left
            if gone != bool(person.inactive_since):
                person.inactive_since = gone and person.company_id._kam_today()

    # ------------------------------------------------------------------
    # exports
    # ------------------------------------------------------------------

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Words about people leave Odoo by directors alone, and every export of people is logged."""
        names = {path[0] for path in fields if path}
        director = self.env.su or self.env.user.has_group('kam_kpi.group_kam_manager')
        if names & set(WORDS) and not director:
            raise AccessError(self.env._("Remarks about people can be exported by directors only."))
        _logger.info("User %s exports %s stakeholders: %s", self.env.uid, len(self), ", ".join(sorted(names)))
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    # ------------------------------------------------------------------
    # erasure
    # ------------------------------------------------------------------

    def action_anonymise(self):
        """Erase who the person is and all words about them; their place in the chart stays as an empty chair."""
        self.check_access('write')
        self._left_activities().unlink()
        self.tie_ids.unlink()
        for person in self:
            person.write({
                'contact_id': False,
                'name': self.env._("Former %(function)s", function=person.function) if person.function else self.env._("Anonymous"),
                'noted_contact': False, 'orientation': False, **dict.fromkeys(WORDS, False),
            })

    @api.model
    def _cron_erase_words(self):
        """Nightly: erase the words about people who have been inactive for longer than the company keeps them.

        Inactive is who was taken off the map or left so long ago, or had no
        two-way contact for so long. Words written since then stay.
        """
        erased = 0
        for company in self.env['res.company'].search([('kam_remark_months', '>', 0)]):
            limit = fields.Date.subtract(company._kam_today(), months=company.kam_remark_months)
            people = self.with_context(active_test=False).search([
                ('company_id', '=', company.id), ('remark_date', '<', limit)])
            old = people.filtered(lambda person, limit=limit: person._last_sign() < limit)
            old.write(dict.fromkeys(WORDS, False))
            erased += len(old)
        if erased:
            _logger.info("Erased remarks about %s people who have been inactive for long", erased)

    def _last_sign(self):
        """The last day which keeps the words alive."""
        self.ensure_one()
        return max(self.remark_date, self.inactive_since or self.last_contact or self.remark_date)
