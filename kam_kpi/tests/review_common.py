from odoo.fields import Date

from .common import KamCase

# What the KPIs say of an account by the first day of the window: (2026 Q2, the year before, the quarter before).
FIGURES = {
    'revenue': {'2026-04-01': 12000.0, '2025-04-01': 10000.0, '2026-01-01': 11000.0},
    'nrr_pct': {'2026-04-01': 108.0, '2025-04-01': 95.0, '2026-01-01': 100.0},
    'csat_pct': {'2026-04-01': 60.0, '2025-04-01': 80.0},
}
BRIDGE = {'opening': 40000.0, 'new': 0.0, 'upsell': 5000.0, 'cross_sell': 2000.0, 'contraction': 3000.0, 'churn': 0.0, 'closing': 44000.0}


class ReviewCase(KamCase):
    """Reviews over figures which are set here, so that each test shows the numbers it is about.

    ``figures`` and ``bridge`` may be changed by a test, as documents change.
    Q2 2026 is over: today is 2026-07-15.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = {code: dict(values) for code, values in FIGURES.items()}
        cls.bridge = dict(BRIDGE)
        cls.classPatch(cls.registry['res.company'], '_kam_today', lambda company: Date.to_date('2026-07-15'))
        cls.classPatch(cls.registry['kam.kpi'], 'measure_kpis', lambda kpis, codes, partner_ids, start, stop: [
            cls.measured(code, partner_id, start) for code in codes for partner_id in partner_ids])
        cls.classPatch(cls.registry['kam.kpi'], 'measure_total', lambda kpis, codes, partner_ids, start, stop: [
            cls.measured(code, None, start, len(partner_ids)) for code in codes])
        cls.classPatch(cls.registry['kam.kpi'], 'revenue_bridge', lambda kpis, partner_ids, start, stop: dict(cls.bridge))

    @classmethod
    def measured(cls, code, partner_id, start, times=1):
        value = cls.figures.get(code, {}).get(str(start))
        value = value if value is None else value * times
        return {
            'code': code, 'partner_id': partner_id, 'numerator': value, 'denominator': None, 'value': value,
            'state': 'no_data' if value is None else 'ok', 'reason': 'insufficient_sample' if value is None else None,
            'sample_size': 0 if value is None else 7,
        }

    @classmethod
    def new_review(cls, account=None, user=None, **vals):
        return cls.env['kam.review'].with_user(user or cls.diana).create({
            'partner_id': (account or cls.alpha).id, 'date_start': '2026-04-01', 'date_end': '2026-06-30', **vals})

    @classmethod
    def sign(cls, review):
        """Bring a review to its end."""
        if review.state == 'draft':
            review.action_share()
        review.action_sign_internal()
        review.counterpart_name = "Carla Customer"
        review.action_sign_counterpart()

    def line(self, review, code):
        return review.kpi_ids.filtered(lambda line: line.code == code)
