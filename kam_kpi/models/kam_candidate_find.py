from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from ..tools import period, scoring, tiering

FORGOTTEN_AFTER = timedelta(days=182)
SCORED_WITHIN = timedelta(days=365)


class KamCandidateFind(models.Model):
    """Finds the candidates: all customers by the criteria that a KPI scores, in a few statements however many there are."""

    _inherit = 'kam.candidate'

    @api.model
    def _cron_find(self):
        for company in self.env['res.company'].search([]):
            self.with_company(company).with_context(allowed_company_ids=company.ids)._find()

    @api.model
    def action_find(self):
        """Look for candidates now; for leaders and directors."""
        self.check_access('write')
        self.sudo()._find()  # sudo: all customers are looked at; the rules show each leader the own ones
        return {'type': 'ir.actions.client', 'tag': 'soft_reload'}

    @api.model
    def _find(self):
        """Bring the proposals of the company up to date; what was decided stays until it may be asked again."""
        wanted = self._proposals()
        known = {candidate.partner_id.id: candidate for candidate in self.search([('company_id', '=', self.env.company.id)])}
        again = self.env.company._kam_today() - FORGOTTEN_AFTER
        new = []
        for partner_id, vals in wanted.items():
            candidate = known.get(partner_id)
            if not candidate:
                new.append(vals)
            elif candidate.state == 'proposed' or candidate.kind != vals['kind'] or candidate.decided_on <= again:
                candidate.write({
                    **{name: value for name, value in vals.items() if name != 'user_id' or candidate.kind != vals['kind']}, 'state': 'proposed'})
        self.browse([candidate.id for partner_id, candidate in known.items() if partner_id not in wanted and candidate.state == 'proposed']).unlink()
        self.create(new)

    @api.model
    def _proposals(self):
        """Return ``{partner id: values of a candidate}`` of those whose tier by their score is another thing than what they are."""
        criteria = self.env['kam.account.score']._criteria(self.env.company).filtered('kpi_id')
        customers = self._customers()
        if not criteria or not customers:
            return {}
        figures = self._figures(criteria, customers)
        scored = self._scored_by_people(customers)
        tiers = self.env['kam.tier'].search([('code', '!=', scoring.LOWEST_TIER)])  # the lowest stands for no key account
        limits = [(tier.code, tier.min_score) for tier in tiers]
        found = {}
        for partner in customers:
            score, _normalised, coverage = scoring.account_score([
                (criterion.weight, self._points(criterion, figures.get((partner.id, criterion.kpi_id.code)))) for criterion in criteria])
            if partner.is_key_account:
                score = scored.get(partner.id, score)
            if score is None:
                continue
            code = tiering.propose_tier(score, partner.kam_tier_id.code if partner.is_key_account else None, limits)
            if bool(code) != partner.is_key_account:
                found[partner.id] = self._candidate_values(
                    partner, score, coverage, tiers.filtered(lambda tier, code=code: tier.code == code), criteria, figures)
        return found

    @api.model
    def _points(self, criterion, value):
        return scoring.linear_score(value, criterion.score_from, criterion.score_to)

    @api.model
    def _customers(self):
        """Who bought anything in two years, and all key accounts, of this company or of all."""
        company = self.env.company
        self.env.flush_all()  # the facts are read by SQL
        since = period.shift_months(company._kam_today(), -24)
        buyers = [row[0] for row in self.env.execute_query(SQL(
            "SELECT DISTINCT partner_id FROM kam_fact WHERE measure_id = %s AND company_id = %s AND date >= %s AND partner_id IS NOT NULL",
            self.env['kam.measure']._ids_by_code()['revenue'], company.id, since))]
        partners = self.env['res.partner'].search([
            ('company_id', 'in', (False, company.id)), ('kam_is_account', '=', True), '|', ('id', 'in', buyers), ('is_key_account', '=', True)])
        return partners - self.env['res.company'].search([]).partner_id

    @api.model
    def _figures(self, criteria, customers):
        """Return ``{(partner id, code): value or None}`` over twelve months."""
        stop = self.env.company._kam_today()
        codes = list(dict.fromkeys([*criteria.kpi_id.mapped('code'), 'revenue']))
        rows = self.env['kam.kpi'].measure_kpis(codes, customers.ids, period.shift_months(stop, -12), stop)
        return {(row['partner_id'], row['code']): row['value'] for row in rows}

    @api.model
    def _scored_by_people(self, customers):
        """Return ``{partner id: score}`` of the last confirmed scoring within a year."""
        since = self.env.company._kam_today() - SCORED_WITHIN
        scores = self.env['kam.account.score'].search([
            ('partner_id', 'in', customers.ids), ('state', '=', 'confirmed'), ('company_id', '=', self.env.company.id), ('date', '>=', since),
        ], order='date, id')
        return {score.partner_id.id: score.score for score in scores if score.score is not False}

    @api.model
    def _candidate_values(self, partner, score, coverage, tier, criteria, figures):
        revenue = figures.get((partner.id, 'revenue'))
        parts = []
        for criterion in criteria:
            value = figures.get((partner.id, criterion.kpi_id.code))
            points = self._points(criterion, value)
            if points is None:
                parts.append(self.env._("%(criterion)s: no data", criterion=criterion.name))
            else:
                text = format_amount(self.env, value, self.env.company.currency_id) if criterion.kpi_id.unit == 'currency' else f"{value:.0f}"
                parts.append(self.env._("%(criterion)s: %(points)s of 10 (%(value)s)", criterion=criterion.name, points=f"{points:.1f}", value=text))
        return {
            'partner_id': partner.id, 'company_id': self.env.company.id, 'kind': 'demote' if partner.is_key_account else 'promote', 'score': score,
            'coverage': 100 * coverage, 'tier_id': tier.id, 'reason': "\n".join(parts), 'revenue': revenue,
            'user_id': (partner.kam_user_id or partner.user_id).id}
