from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools import period, whitespace

# More columns are no grid any more; the rest of the offerings is named below it.
MAX_OFFERINGS = 24


class KamWhiteSpace(models.AbstractModel):
    """What key accounts buy of each offering, bought once, or never bought, and what comparable accounts spend on it.

    An offering is a product category. Everything comes from the category facts of invoiced revenue:
    the last twelve months up to the last refresh against all before. Comparable accounts are the other key accounts
    of the same industry or, when fewer than three of those buy the offering, of the same tier. They are counted and
    their median is told, never whose amounts these are.
    """

    _name = 'kam.white.space'
    _description = "White Space"

    @api.model
    @api.readonly
    def get_grid(self, partner_id=None):
        """Return the grid of the accounts the caller may see, or of one of them.

        :return: ``{'accounts': [{'id', 'name', 'tier', 'wallet_share', 'total', 'cells': [{'state', 'amount', 'last', 'potential',
            'comparables', 'median', 'basis', 'leads'}]}], 'offerings': [{'id', 'name', 'total'}], 'left_out': names, 'currency_id',
            'may_create'}``; amounts are yearly, in the company's currency; ``potential`` is None when it cannot be told
        :raise AccessError: for an account the caller may not see
        """
        accounts = self._accounts(partner_id)
        sums = self._sums()
        offerings, left_out = self._offerings(sums)
        everyone = self._comparable_accounts(sums)
        leads = self._open_leads(accounts)
        shares = self._wallet_shares(accounts)
        rows = []
        for account in accounts:
            cells = [self._cell(account.id, offering, sums, everyone, leads) for offering in offerings]
            rows.append({
                'id': account.id, 'name': account.name, 'tier': account.kam_tier_id.code or '', 'wallet_share': shares.get(account.id),
                'total': sum(now for (partner, _categ), (now, _before, _last) in sums.items() if partner == account.id), 'cells': cells})
        totals = {offering: sum(row['cells'][place]['amount'] for row in rows) for place, offering in enumerate(offerings)}
        return {
            'accounts': rows,
            'offerings': [{'id': offering.id, 'name': offering.name, 'total': totals[offering]} for offering in offerings],
            'left_out': left_out.mapped('name'), 'currency_id': self.env.company.currency_id.id,
            'may_create': self.env['res.partner'].has_access('read') and self._leads().has_access('create'),
        }

    @api.model
    def _accounts(self, partner_id):
        if not self.env.user.has_groups('kam_kpi.group_kam_user,kam_kpi.group_kam_reader'):
            raise AccessError(self.env._("The white space is for account managers. Ask a KAM director for access."))
        accounts = self.env['res.partner'].search([('is_key_account', '=', True), ('kam_is_account', '=', True)], order='name')
        user = self.env.user
        if not user.has_groups('kam_kpi.group_kam_manager,kam_kpi.group_kam_reader'):
            own = self.env['kam.kpi']
            accounts = accounts.filtered(lambda account: account.kam_user_id == user or (
                user.has_group('kam_kpi.group_kam_leader') and account.kam_team_id.sudo().user_id == user))  # sudo: who leads it is no secret
            own._check_accounts(accounts.ids)
        if partner_id:
            account = self.env['res.partner'].browse(partner_id).commercial_partner_id
            if account not in accounts:
                raise AccessError(self.env._("You may see the figures of your own accounts only. Ask a KAM director for access to the others."))
            accounts = account
        return accounts

    @api.model
    def _sums(self):
        """Return ``{(account id, category id): (bought in twelve months, bought before, last day)}`` of all key accounts of the company."""
        self.env.flush_all()  # the facts are read by SQL
        company = self.env.company
        stop = company._kam_today()
        start = period.shift_months(stop, -12)
        measure = self.env['kam.measure']._ids_by_code()['revenue']
        rows = self.env.execute_query(SQL(
            """SELECT f.partner_id, f.categ_id, COALESCE(SUM(f.amount) FILTER (WHERE f.date >= %(start)s), 0),
                      COALESCE(SUM(f.amount) FILTER (WHERE f.date < %(start)s), 0), MAX(f.date) FILTER (WHERE f.amount > 0)
                 FROM kam_fact_category f
                WHERE f.measure_id = %(measure)s AND f.company_id = %(company)s AND f.date < %(stop)s AND f.categ_id IS NOT NULL
                GROUP BY f.partner_id, f.categ_id""", start=start, stop=stop, measure=measure, company=company.id))
        return {(partner, categ): (float(now), float(before), last) for partner, categ, now, before, last in rows}

    @api.model
    def _offerings(self, sums):
        """The categories that anybody bought, the largest first, and those for which there is no room."""
        totals = {}
        for (_partner, categ), (now, before, _last) in sums.items():
            totals[categ] = totals.get(categ, 0.0) + now + before / 1000
        found = self.env['product.category'].sudo().browse(sorted(totals, key=lambda categ: (-totals[categ], categ))).exists()  # sudo: names
        return found[:MAX_OFFERINGS], found[MAX_OFFERINGS:]

    @api.model
    def _comparable_accounts(self, sums):
        """Return ``{account id: (ids of the same industry, ids of the same tier)}`` of the key accounts with facts, without the account."""
        partners = self.env['res.partner'].sudo().browse({partner for partner, _categ in sums}).exists().filtered(  # sudo: only medians leave here
            'is_key_account')
        by_industry, by_tier = partners.grouped('industry_id'), partners.grouped('kam_tier_id')
        nobody = partners.browse()
        return {
            partner.id: (
                ((by_industry[partner.industry_id] if partner.industry_id else nobody) - partner).ids,
                ((by_tier[partner.kam_tier_id] if partner.kam_tier_id else nobody) - partner).ids)
            for partner in partners}

    @api.model
    def _cell(self, account_id, offering, sums, everyone, leads):
        now, before, last = sums.get((account_id, offering.id), (0.0, 0.0, None))
        could, count, middle, basis = None, 0, None, ''
        for basis_name, ids in zip(('industry', 'tier'), everyone.get(account_id, ((), ()))):
            could, count, middle = whitespace.potential(now, [sums.get((other, offering.id), (0.0,))[0] for other in ids])
            if could is not None:
                basis = basis_name
                break
        return {
            'state': whitespace.state_of(now, before), 'amount': now, 'last': last and str(last), 'potential': could,
            'comparables': count, 'median': middle, 'basis': basis, 'leads': leads.get((account_id, offering.id), [])}

    @api.model
    def _wallet_shares(self, accounts):
        """Return ``{account id: percent}`` of the share of wallet, where an estimate of the wallet is known."""
        day = self.env.company._kam_today()
        rows = self.env['kam.kpi'].measure_kpis(['share_of_wallet_pct'], accounts.ids, period.shift_months(day, -12), day) if accounts else []
        return {row['partner_id']: row['value'] for row in rows if row['value'] is not None}
