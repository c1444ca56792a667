from odoo import api, models
from odoo.fields import Domain

from ..tools.days import free_days
from .kam_assignment import LAST_DAY, PERIOD_FIELDS


class KamAssignmentMerge(models.Model):
    """What becomes of ownership when contacts are merged into one."""

    _inherit = 'kam.assignment'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Before contacts are merged: bring the ownership, flags and scorings of the sources to the destination.

        The destination's history wins. Days of a source on which nobody held
        the destination go there too; the rest is written into its chatter, so
        that nothing is lost and no day has two holders. Derived health of the
        sources goes away. Contacts without accounts of their own are left alone.
        """
        partners = self.env['res.partner'].sudo()  # sudo: merging is the wizard's right; the history follows
        destination = partners.browse(destination_id).commercial_partner_id
        sources = partners.browse(source_ids).filtered('kam_is_account') - destination
        if not sources:
            return
        kept = [
            line for assignment in self.sudo().search([('partner_id', 'in', sources.ids)], order='date_from')  # sudo: as above
            for line in assignment._move_free_days(destination)]
        if kept:
            destination.message_post(body=self.env._(
                "Merged accounts were managed at the same time by: %(holders)s", holders="; ".join(kept)))
        self.env['kam.account.score'].sudo().search([('partner_id', 'in', sources.ids)])._move_to(destination)  # sudo: as above
        self.env['kam.health'].sudo().search([('partner_id', 'in', sources.ids)]).unlink()  # sudo: derived
        destination._kam_take_over(sources)
        self._sync_holders(destination.ids)

    def _move_free_days(self, destination):
        """Move the assignment to where nobody holds the destination; return what could not be moved, in words."""
        self.ensure_one()
        taken = self.search(Domain([
            ('partner_id', '=', destination.id), ('company_id', '=', self.company_id.id),
        ]) & self._domain_covering(self.date_from, self.date_to or LAST_DAY), order='date_from')
        if not taken:
            self.partner_id = destination
            return []
        vals = self._convert_to_write({name: self[name] for name in (*PERIOD_FIELDS, 'reason')})
        label = self.env._("%(account)s: %(holder)s, %(days)s", account=self.partner_id.name,
                           holder=self._holder_name(), days=self._days_label())
        free = list(free_days(self.date_from, self.date_to, [(row.date_from, row.date_to) for row in taken]))
        self.unlink()
        for first, last in free:
            self.create({**vals, 'partner_id': destination.id, 'date_from': first, 'date_to': last})
        return [label]
