from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import portfolio
from .kam_value_mixin import KAM_GROUPS

CODES = {
    'revenue': 'revenue', 'gross_margin_pct': 'margin', 'sales_growth_yoy_pct': 'growth', 'gross_profit': 'gross_profit',
    'contribution_margin_pct': 'contribution_pct', 'service_hours': 'hours',
}


class KamPortfolio(models.AbstractModel):
    """The screen *Portfolio*: the key accounts of a person, a team or the company side by side.

    Figures are the stored ones of the twelve months to today, read as the user:
    who sees no figure of an account does not see it here. Nothing is kept.
    """

    _name = 'kam.portfolio'
    _description = "Portfolio of Key Accounts"

    @api.model
    @api.readonly
    def get_portfolio(self, choice=None):
        """Return the content of the screen; figures are numbers, None is no data.

        :param dict choice: ``whose``: 'mine', 'team' or 'all'; what the user answers for where left open
        :return: ``{'choice', 'choices': [{'whose', 'label'}], 'currency_id', 'as_of', 'accounts': [row], 'effort':
            'hours' or 'cost', 'limits': {'revenue', 'margin'}, 'totals', 'concentration': [{'top', 'share'}], 'renewals': see
            :meth:`_renewals`}``; rows are described at :meth:`_rows`
        :raise AccessError: for people without a key account group
        """
        if not self.env.user.has_groups(KAM_GROUPS):
            raise AccessError(self.env._("The portfolio is for the key account teams: ask your administrator for a group of theirs."))
        choices = self._choices()
        whose = (choice or {}).get('whose')
        if whose not in {option['whose'] for option in choices}:
            whose = choices[-1]['whose']
        accounts = self._accounts(whose)
        rows = self._rows(accounts)
        return {
            'choice': {'whose': whose},
            'choices': choices,
            'currency_id': self.env.company.currency_id.id,
            'as_of': self.env['kam.fact'].get_as_of(),
            'accounts': rows,
            **self._summary(rows),
            'renewals': self._renewals(accounts),
        }

    @api.model
    def _choices(self):
        """Whose accounts the user may look at, the widest last."""
        choices = [{'whose': 'mine', 'label': self.env._("My accounts")}]
        if self.env.user.has_group('kam_kpi.group_kam_leader'):
            choices.append({'whose': 'team', 'label': self.env._("My team's accounts")})
        if self.env['kam.kpi']._sees_all():
            choices.append({'whose': 'all', 'label': self.env._("All key accounts")})
        return choices

    @api.model
    def _accounts(self, whose):
        here = Domain([('is_key_account', '=', True), ('kam_is_account', '=', True), ('company_id', 'in', [False, self.env.company.id])])
        mine = Domain('kam_user_id', '=', self.env.uid)
        domain = {'mine': mine, 'team': mine | Domain('kam_team_id.user_id', '=', self.env.uid), 'all': Domain.TRUE}[whose]
        return self.env['res.partner'].search_fetch(
            here & domain, ['name', 'kam_tier_id', 'kam_user_id', 'kam_health_state'], order='name, id')

    @api.model
    def _figures(self, accounts):
        """Return ``{account id: {name: value or None}}``, with ``contribution`` and ``cost``, the direct cost of serving it."""
        values = self.env['kam.kpi.value'].search_fetch([
            ('kpi_id.code', 'in', list(CODES)), ('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True),
            ('company_id', '=', self.env.company.id), ('partner_id', 'in', accounts.ids),
        ], ['partner_id', 'kpi_id', 'value', 'numerator', 'flags'], order='date_end, id')
        found = {account.id: dict.fromkeys((*CODES.values(), 'contribution', 'cost')) for account in accounts}
        for value in values:
            known = value.value is not False
            figures = found[value.partner_id.id]
            figures[CODES[value.kpi_id.code]] = value.value if known else None
            if value.kpi_id.code == 'contribution_margin_pct':
                figures['contribution'] = value.numerator if known else None
                figures['cost_known'] = known and 'no_direct_cost' not in (value.flags or '')
        for figures in found.values():
            if figures.pop('cost_known', False) and figures['gross_profit'] is not None:
                figures['cost'] = figures['gross_profit'] - figures['contribution']
        return found

    @api.model
    def _rows(self, accounts):
        """Return a row an account, the largest revenue first, those without at the end.

        ``{'id', 'name', 'tier', 'user', 'health', 'revenue', 'share' of the revenue shown in percent, 'margin' percent,
        'growth' percent, 'gross_profit', 'contribution' after direct cost, 'cost' direct cost, 'hours', 'service' over / fair /
        under, 'place' star / volume / gem / question}``
        """
        figures = self._figures(accounts)
        revenues, margins = ([row[name] for row in figures.values()] for name in ('revenue', 'margin'))
        whole = sum(revenue for revenue in revenues if revenue is not None and revenue > 0)
        effort = self._effort(figures)
        both = [row for row in figures.values() if None not in (row[effort], row['contribution'])]
        spent, contribution = (sum(row[name] for row in both) for name in (effort, 'contribution'))
        rows = []
        for account in accounts:
            own = figures[account.id]
            rows.append({
                'id': account.id, 'name': account.name, 'tier': account.kam_tier_id.code or '', 'user': account.kam_user_id.name or '',
                'health': account.kam_health_state, **own,
                'share': portfolio.share(own['revenue'], whole),
                'service': portfolio.served(portfolio.service_ratio(own[effort], own['contribution'], spent, contribution)),
                'place': portfolio.quadrant(own['revenue'], own['margin'], revenues, margins),
            })
        return sorted(rows, key=lambda row: (row['revenue'] is None, -(row['revenue'] or 0.0), row['name']))

    @api.model
    def _effort(self, figures):
        """By what the effort for an account is told: hours where anybody wrote some down, else direct cost."""
        return 'hours' if any(row['hours'] for row in figures.values()) else 'cost'

    @api.model
    def _summary(self, rows):
        """Totals are of the accounts which have the figure; the margin is that of all their sales, not a mean of margins."""
        revenues, margins = ([row[name] for row in rows] for name in ('revenue', 'margin'))
        revenue_limit, margin_limit = portfolio.limits(revenues, margins)

        def total(name):
            known = [row[name] for row in rows if row[name] is not None]
            return sum(known) if known else None

        measured = [row for row in rows if None not in (row['revenue'], row['margin'])]
        sold = sum(row['revenue'] for row in measured)
        return {
            'effort': self._effort({row['id']: row for row in rows}),
            'limits': {'revenue': revenue_limit, 'margin': margin_limit},
            'totals': {
                'count': len(rows), 'revenue': total('revenue'), 'contribution': total('contribution'), 'cost': total('cost'), 'hours': total('hours'),
                'margin': sum(row['revenue'] * row['margin'] for row in measured) / sold if sold > 0 else None,
            },
            'concentration': [{'top': top, 'share': share} for top, share in portfolio.concentration(revenues)],
        }

    @api.model
    def _renewals(self, accounts):
        """Return the agreements of these accounts that end within a year, those not yet settled, with what is expected of them.

        ``{'rows': [{'id', 'name', 'account', 'account_id', 'date_end' as text, 'days', 'value' a year, 'expected', 'call', 'health',
        'differs'}], 'totals': {'due', 'renew', 'risk', 'lost', 'open'}}``: yearly values in the company's currency; no chance is
        put in figures, since nobody knows it: what is expected to be renewed, at risk, lost and not judged yet stand side by side.
        """
        company, today = self.env.company, self.env.company._kam_today()
        agreements = self.env['kam.agreement'].search([
            ('partner_id', 'in', accounts.ids), ('company_id', '=', company.id), ('state', '=', 'active'), ('successor_id', '=', False),
            ('date_end', '<=', fields.Date.add(today, months=12))], order='date_end, id').filtered(lambda agreement: agreement.outcome == 'pending')
        rows = [agreement._renewal_row(today) for agreement in agreements]
        totals = {'due': sum(row['value'] for row in rows)}
        for call in ('renew', 'risk', 'lost', False):
            name = 'expected' if call == 'renew' else 'value'
            totals[call or 'open'] = sum(row[name] for row in rows if row['call'] == call)
        return {'rows': rows, 'totals': totals}
