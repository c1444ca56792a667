"""The figures of eight KPIs of all accounts, by one statement written for them, over the facts."""

# Facts of a quarter and of the same days a year before are read in one pass.
QUARTER = """
SELECT f.partner_id,
       SUM(f.amount) FILTER (WHERE f.measure_id = {revenue} AND f.date >= '{start}') AS revenue,
       SUM(f.amount) FILTER (WHERE f.measure_id = {revenue} AND f.date < '{before_stop}') AS revenue_before,
       SUM(f.amount) FILTER (WHERE f.measure_id = {revenue_covered} AND f.date >= '{start}') AS covered,
       SUM(f.amount) FILTER (WHERE f.measure_id = {cost_covered} AND f.date >= '{start}') AS cost,
       COUNT(DISTINCT f.key) FILTER (WHERE f.measure_id = {meetings} AND f.date >= '{start}') AS meetings,
       COUNT(DISTINCT f.key) FILTER (WHERE f.measure_id = {calls} AND f.date >= '{start}') AS calls,
       COUNT(DISTINCT f.key) FILTER (WHERE f.measure_id = {exchanges} AND f.date >= '{start}') AS exchanges,
       SUM(f.amount) FILTER (WHERE f.measure_id = {opportunities_won} AND f.date >= '{start}') AS won,
       SUM(f.amount) FILTER (WHERE f.measure_id = {opportunities_lost} AND f.date >= '{start}') AS lost,
       SUM(f.amount) FILTER (WHERE f.measure_id IN ({leads_converted}, {opportunities_direct}) AND f.date >= '{start}') AS leads
  FROM kam_fact f
 WHERE f.partner_id = ANY(ARRAY{accounts}) AND f.date >= '{before_start}' AND f.date < '{stop}'
   AND (f.date >= '{start}' OR f.date < '{before_stop}')
   AND f.measure_id IN ({revenue}, {revenue_covered}, {cost_covered}, {meetings}, {calls}, {exchanges}, {opportunities_won},
                        {opportunities_lost}, {leads_converted}, {opportunities_direct})
 GROUP BY f.partner_id"""
KPIS = ['revenue', 'sales_growth_yoy_pct', 'gross_margin_pct', 'meetings_count', 'calls_count', 'interactions_count', 'win_rate_pct',
        'qualified_leads_count']
CODES = ('revenue', 'revenue_covered', 'cost_covered', 'meetings', 'calls', 'exchanges', 'opportunities_won', 'opportunities_lost',
         'leads_converted', 'opportunities_direct')


def quarter_statement(env, accounts, before_start, before_stop, start, stop):
    """The statement for these accounts; the days are those of the quarter and of the one a year before."""
    names = {measure.code: measure.id for measure in env['kam.measure'].search([('code', 'in', CODES)])}
    return QUARTER.format(accounts=accounts, before_start=before_start, before_stop=before_stop, start=start, stop=stop, **names)
