from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import NullableFloat
from .kam_health import STATES

# Every change of the last quarter is kept, of older months the last one, of older years nothing.
DAYS_IN_FULL = 92
MONTHS_KEPT = 25


class KamHealthHistory(models.Model):
    """What the health of an account was at the end of a day on which it changed.

    One row an account, company and day; the health of a day without a row is
    that of the last row before it. A second change on one day replaces the
    first, earlier days never change. ``parts`` as in ``kam.health``.
    """

    _name = 'kam.health.history'
    _description = "Account Health of a Day"
    _order = 'date desc, id desc'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Account", required=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    date = fields.Date(required=True)
    score = NullableFloat("Health", aggregator='avg')
    state = fields.Selection(STATES, required=True)
    computed_state = fields.Selection(STATES, "By the figures")
    coverage = fields.Float("Known (%)", aggregator=None)
    parts = fields.Json()

    _day_uniq = models.UniqueIndex('(partner_id, company_id, date)', "The health of a day is kept once.")

    @api.model
    def _keep(self, healths):
        """Keep these healths as those of today, in their companies."""
        history = self.sudo()  # sudo: written with the health, whoever changed a figure of it
        for company, of_company in healths.grouped('company_id').items():
            today = company._kam_today()
            present = history.search([
                ('company_id', '=', company.id), ('date', '=', today), ('partner_id', 'in', of_company.partner_id.ids)]).grouped('partner_id')
            rows = []
            for health in of_company:
                vals = {name: health[name] for name in ('score', 'state', 'computed_state', 'coverage', 'parts')}
                if health.partner_id in present:
                    present[health.partner_id].write(vals)
                else:
                    rows.append({**vals, 'partner_id': health.partner_id.id, 'company_id': company.id, 'date': today})
            history.create(rows)

    @api.model
    def _as_of(self, partner_ids, day):
        """Return ``{account: row}``: the health these accounts had at the end of ``day`` in the current company.

        Accounts without any health by then are missing.
        """
        known = self._search([('partner_id', 'in', list(partner_ids)), ('company_id', '=', self.env.company.id), ('date', '<=', day)])
        rows = self.browse(row_id for (row_id,) in self.env.execute_query(SQL(
            "SELECT DISTINCT ON (partner_id) id FROM kam_health_history WHERE id IN %s ORDER BY partner_id, date DESC", known.subselect())))
        return {row.partner_id: row for row in rows}

    @api.autovacuum
    def _gc(self):
        """Thin out what is older than a quarter to the last day of each month, and forget what is older than two years."""
        for company in self.env['res.company'].search([]):
            today = company._kam_today()
            here = Domain('company_id', '=', company.id)
            self.search(here & Domain('date', '<', fields.Date.add(today, months=-MONTHS_KEPT))).unlink()
            old = here & Domain('date', '<', today - timedelta(days=DAYS_IN_FULL))
            last = self._read_group(old, ['partner_id', 'date:month'], ['date:max'])
            kept = {(account.id, day) for account, _month, day in last}
            self.search_fetch(old, ['partner_id', 'date']).filtered(lambda row: (row.partner_id.id, row.date) not in kept).unlink()
