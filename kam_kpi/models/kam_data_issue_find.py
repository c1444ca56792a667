from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.period import shift_months
from .kam_attention_day import Day
from .kam_data_issue import CONCERNS, KINDS

ANSWERS = ('csat_answers', 'nps_answers')
REASONS = {'few_cases': 'insufficient_sample', 'low_coverage': 'low_coverage'}


class KamDataIssueFind(models.Model):
    """Finds what is doubtful: one query or two a kind, however many accounts there are."""

    _inherit = 'kam.data.issue'

    @api.model
    def _refresh(self):
        """Bring the list up to date in every company: ten runs give what one gives."""
        everything = self.sudo()  # sudo: the list is made for everybody; the rules of access decide who sees it
        everything.env.flush_all()
        for company in everything.env['kam.kpi.value']._companies() | everything.search([('state', '!=', 'gone')]).company_id:
            everything.with_company(company).with_context(allowed_company_ids=company.ids)._refresh_company()

    def _refresh_company(self):
        day = Day(self.env)
        kpis = {kpi.code: kpi.id for kpi in self.env['kam.kpi'].search([])}
        present = {
            (issue.partner_id.id, issue.kind): issue
            for issue in self.search([('company_id', '=', day.company.id), ('state', '!=', 'gone')])}
        rows = []
        for kind, _label in KINDS:
            for account_id, vals in getattr(self, f'_find_{kind}')(day).items():
                issue = present.pop((account_id, kind), None)
                vals = {'count': 0, 'amount': 0.0, 'kpi_ids': sorted(kpis[code] for code in CONCERNS.get(kind, ()) if code in kpis), **vals}
                if issue is None:
                    rows.append({**vals, 'partner_id': account_id, 'company_id': day.company.id, 'kind': kind, 'found_on': day.today})
                else:
                    issue._follow(vals)
        self.concat(*present.values()).write({'state': 'gone', 'gone_on': day.today})
        self.create(rows)

    def _follow(self, vals):
        """Take over how many and how much it is now."""
        amount = self.currency_id.round(vals['amount'])
        if (self.count, self.amount, sorted(self.kpi_ids.ids)) != (vals['count'], amount, vals['kpi_ids']):
            self.write(vals)

    def _year(self, day):
        return shift_months(day.today, -12), day.today

    def _find_no_holder(self, day):
        start, stop = self._year(day)
        rows = self.env.execute_query(SQL(
            """SELECT f.partner_id, COUNT(DISTINCT f.date), SUM(f.amount)
                 FROM kam_fact f
                WHERE f.measure_id = ANY(%(measures)s) AND f.company_id = %(company)s AND f.partner_id = ANY(%(accounts)s)
                  AND f.date >= %(start)s AND f.date < %(stop)s
                  AND NOT EXISTS (
                      SELECT 1 FROM kam_assignment a
                       WHERE a.partner_id = f.partner_id AND a.company_id = f.company_id AND a.user_id IS NOT NULL
                         AND a.date_from <= f.date AND (a.date_to IS NULL OR a.date_to >= f.date))
                GROUP BY f.partner_id HAVING SUM(f.amount) <> 0""",
            measures=list(day.measure_ids('revenue')), company=day.company.id, accounts=day.ids, start=start, stop=stop))
        return {account_id: {'count': days, 'amount': float(amount)} for account_id, days, amount in rows}

    def _find_no_email(self, day):
        rows = self.env['kam.stakeholder']._read_group([
            ('partner_id', 'in', day.ids), ('company_id', '=', day.company.id), ('contact_id', '!=', False), ('contact_id.email', 'in', (False, '')),
        ], ['partner_id'], ['__count'])
        return {account.id: {'count': count} for account, count in rows}

    def _find_no_answer(self, day):
        start, stop = self._year(day)
        rows = self.env['kam.fact']._read_group([
            ('measure_id', 'in', list(day.measure_ids(*ANSWERS))), ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids),
            ('date', '>=', start), ('date', '<', stop)], ['partner_id'])
        answered = {account.id for (account,) in rows}
        return {account_id: {'count': 1} for account_id in day.ids if account_id not in answered}

    def _line_domain(self, day):
        """The invoice lines which make the revenue of the last twelve months."""
        start, stop = self._year(day)
        return Domain([
            ('parent_state', '=', 'posted'), ('move_id.move_type', 'in', ('out_invoice', 'out_refund', 'out_receipt')), ('display_type', '=', 'product'),
            ('company_id', '=', day.company.id), ('invoice_date', '>=', start), ('invoice_date', '<', stop)])

    def _lines_by_account(self, day, domain, *aggregates):
        rows = self.env['account.move.line']._read_group(
            self._line_domain(day) & Domain(domain) & Domain('move_id.commercial_partner_id', 'in', day.ids), ['move_id'], list(aggregates))
        for move, *figures in rows:
            yield move.commercial_partner_id.id, *figures

    def _find_no_product(self, day):
        found = {}
        for account_id, count, balance in self._lines_by_account(day, [('product_id', '=', False), ('is_downpayment', '=', False)], '__count', 'balance:sum'):
            row = found.setdefault(account_id, {'count': 0, 'amount': 0.0})
            row['count'] += count
            row['amount'] -= balance
        return found

    def _find_no_category(self, day):
        products = {}
        for account_id, of in self._lines_by_account(day, [('product_id', '!=', False), ('product_id.categ_id', '=', False)], 'product_id:recordset'):
            products.setdefault(account_id, set()).update(of.ids)
        return {account_id: {'count': len(ids)} for account_id, ids in products.items()}

    def _find_no_cost(self, day):
        """Revenue whose cost is not known, as the margin sees it."""
        start, stop = self._year(day)
        codes = day.measure_ids('volume', 'volume_covered')
        rows = self.env['kam.fact']._read_group([
            ('measure_id', 'in', list(codes)), ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids),
            ('date', '>=', start), ('date', '<', stop)], ['partner_id', 'measure_id'], ['amount:sum'])
        found = {}
        for account, measure, amount in rows:
            found[account.id] = found.get(account.id, 0.0) + (amount if codes[measure.id] == 'volume' else -amount)
        return {account_id: {'count': 1, 'amount': missing} for account_id, missing in found.items() if day.company.currency_id.compare_amounts(missing, 0) > 0}

    def _find_no_tier(self, day):
        return {account.id: {'count': 1} for account in day.accounts if not account.kam_tier_id}

    def _find_no_industry(self, day):
        return {account.id: {'count': 1} for account in day.accounts if not account.industry_id}

    def _find_no_country(self, day):
        return {account.id: {'count': 1} for account in day.accounts if not account.country_id}

    def _find_few_cases(self, day):
        return self._find_no_data(day, 'few_cases')

    def _find_low_coverage(self, day):
        return self._find_no_data(day, 'low_coverage')

    def _find_no_data(self, day, kind):
        """KPIs of the last twelve months without data for this reason; what is known of no account at all is no fault of an account."""
        current = Domain([
            ('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True), ('company_id', '=', day.company.id),
            ('partner_id', 'in', day.ids)])
        Value = self.env['kam.kpi.value']
        known = [kpi.id for (kpi,) in Value._read_group(current & Domain('state', '=', 'ok'), ['kpi_id'])]
        rows = Value._read_group(
            current & Domain([('state', '=', 'no_data'), ('reason', '=', REASONS[kind]), ('kpi_id', 'in', known)]), ['partner_id'], ['kpi_id:recordset'])
        return {account.id: {'count': len(kpis), 'kpi_ids': sorted(kpis.ids)} for account, kpis in rows}
