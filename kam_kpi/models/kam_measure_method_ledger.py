from odoo import api, models
from odoo.tools import SQL


class KamMeasureMethodLedger(models.Model):
    """What the books say of the company as a whole."""

    _inherit = 'kam.measure'

    def _query_acquisition_cost(self):
        """Cost of winning customers, without an account, from where the company's settings say."""
        return SQL("%s UNION ALL %s", self._query_acquisition_analytic(), self._query_acquisition_ledger())

    def _query_acquisition_analytic(self):
        """Analytic lines on marked accounts of any plan: bills, expenses and hours; what customers were invoiced is no cost."""
        lines = self.env['account.analytic.line'].sudo()  # figures do not depend on the user
        marked = lines._search(
            [('auto_account_id', 'in', self._acquisition_accounts('account.analytic.account').ids), ('category', '!=', 'invoice')],
            bypass_access=True)
        return self._acquisition_rows(
            SQL("account.analytic.line"), SQL("-l.amount"), 'analytic', SQL("account_analytic_line l"), SQL("l.id IN %s", marked.subselect()))

    def _query_acquisition_ledger(self):
        """Posted items on marked accounts."""
        return self._acquisition_rows(
            SQL("account.move.line"), SQL("l.balance"), 'ledger',
            SQL("account_move_line l JOIN account_account a ON a.id = l.account_id AND a.kam_acquisition"
                " LEFT JOIN account_journal j ON j.id = l.journal_id"),
            SQL("l.parent_state = 'posted' AND j.kam_closing_journal IS NOT TRUE"))

    def _acquisition_rows(self, model, amount, source, tables, condition):
        return SQL(
            """SELECT '%(model)s'::varchar AS model, l.id AS res_id, NULL::int AS partner_id, l.company_id, l.date, l.date::timestamp AS moment,
                      NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id, (%(amount)s)::numeric AS amount
                 FROM %(tables)s JOIN res_company c ON c.id = l.company_id AND c.kam_acquisition_source = %(source)s
                WHERE %(condition)s""",
            model=model, amount=amount, tables=tables, source=source, condition=condition)

    @api.model
    def _acquisition_accounts(self, model):
        """The accounts that are marked as cost of winning customers, archived ones too."""
        return self.env[model].sudo().with_context(active_test=False).search([('kam_acquisition', '=', True)])  # a setting, not a figure

    def _configured_acquisition_cost(self):
        """Whether any of the companies at hand has said what winning customers costs."""
        chosen = set(self.env.companies.mapped('kam_acquisition_source'))
        return any(
            source in chosen and bool(self._acquisition_accounts(model))
            for source, model in (('analytic', 'account.analytic.account'), ('ledger', 'account.account')))
