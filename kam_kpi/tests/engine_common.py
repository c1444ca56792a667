from .documents import DocumentsCase


class EngineCase(DocumentsCase):
    """Measures and KPIs of the test's own, over opportunities, so that each reducer shows what it does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = (cls.customer(name, key=True) for name in ("Alpha", "Beta"))

    @classmethod
    def new_measure(cls, code, reducer='sum', **vals):
        """A measure over won opportunities by the day they were closed, summing their revenue."""
        return cls.env['kam.measure'].create({
            'name': code, 'code': code, 'model_name': 'crm.lead', 'domain': "[('won_status', '=', 'won')]", 'date_field': 'date_closed',
            'account_path': 'partner_id.commercial_partner_id', 'actor_path': 'user_id', 'aggregate': 'sum', 'value_field': 'expected_revenue',
            'reducer': reducer, **vals})

    @classmethod
    def new_kpi(cls, code, numerator, **vals):
        return cls.env['kam.kpi'].create({'name': code, 'code': code, 'numerator': numerator, 'roll_up': 'sum', **vals})

    @classmethod
    def facts_of(cls, measure, *rows):
        """Observations as they are: (account or None, day, moment, key, amount)."""
        cls.env['kam.fact'].create([{
            'measure_id': measure.id, 'company_id': cls.company.id, 'partner_id': account and account.id, 'date': day,
            'moment': moment, 'key': key, 'amount': amount, 'res_id': number, 'count': 1,
        } for number, (account, day, moment, key, amount) in enumerate(rows, 1)])

    def figure(self, code, accounts, start, stop, **options):
        """The result for accounts taken together, from the facts as they are."""
        [row] = self.env['kam.kpi'].measure_total([code], accounts and accounts.ids, start, stop, **options)
        return row
