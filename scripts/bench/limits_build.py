"""The best SQL we could write by hand for the very rows the addon keeps: the limit of a rebuild and of a refresh.

It writes into tables of the same columns and indexes. Each statement is written for the measures of the addon as they
come, with what is known here: every document has its customer, nobody's time zone differs.
"""
from odoo.tools import SQL

TABLES = (
    "CREATE TABLE IF NOT EXISTS bench_fact (LIKE kam_fact INCLUDING DEFAULTS INCLUDING INDEXES)",
    "CREATE TABLE IF NOT EXISTS bench_fact_category (LIKE kam_fact_category INCLUDING DEFAULTS INCLUDING INDEXES)",
)
SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1"

# {keys}: FROM items which lead from the changed (account, month) pairs k to the document, or the document's table alone.
INVOICES = """
WITH by_category AS MATERIALIZED (
    SELECT l.company_id, m.commercial_partner_id AS partner_id, m.invoice_date AS date, t.categ_id,
           SUM(-l.balance) AS revenue, SUM(-l.balance) FILTER (WHERE x.cost IS NOT NULL) AS revenue_covered, SUM(x.cost) AS cost_covered,
           SUM(ABS(l.balance)) AS volume, SUM(ABS(l.balance)) FILTER (WHERE x.cost IS NOT NULL) AS volume_covered,
           COUNT(*) AS counted, COUNT(x.cost) AS covered
      FROM {keys}
      JOIN account_move_line l ON l.move_id = m.id
      JOIN account_account a ON a.id = l.account_id
      LEFT JOIN product_product p ON p.id = l.product_id
      LEFT JOIN product_template t ON t.id = p.product_tmpl_id
      LEFT JOIN uom_uom pu ON pu.id = t.uom_id
      LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
     CROSS JOIN LATERAL (SELECT NULLIF(
               COALESCE(CASE WHEN l.kam_cost_product = l.product_id THEN NULLIF(l.kam_unit_cost, 0) END,
                        (p.standard_price ->> l.company_id::text)::numeric)
               * l.quantity * COALESCE(lu.factor / NULLIF(pu.factor, 0), 1) * CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END, 0) AS cost) x
     WHERE l.parent_state = 'posted' AND l.display_type = 'product' AND a.account_type IN ('income', 'income_other')
       AND l.is_downpayment IS NOT TRUE AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt') AND m.invoice_date IS NOT NULL
     GROUP BY 1, 2, 3, 4),
category_facts AS (
    INSERT INTO bench_fact_category (measure_id, company_id, partner_id, categ_id, date, amount)
    SELECT {revenue}, c.company_id, c.partner_id, c.categ_id, c.date, c.revenue
      FROM by_category c JOIN res_partner p ON p.id = c.partner_id AND p.is_key_account)
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, amount, count)
SELECT v.measure_id, s.company_id, s.partner_id, s.date, v.amount, v.count
  FROM (SELECT company_id, partner_id, date, SUM(revenue) AS revenue, SUM(revenue_covered) AS revenue_covered, SUM(cost_covered) AS cost_covered,
               SUM(volume) AS volume, SUM(volume_covered) AS volume_covered, SUM(counted) AS counted, SUM(covered) AS covered
          FROM by_category GROUP BY 1, 2, 3 ORDER BY 3) s
 CROSS JOIN LATERAL (VALUES
       ({revenue}, revenue, counted), ({revenue_covered}, revenue_covered, covered), ({cost_covered}, cost_covered, covered),
       ({volume}, volume, counted), ({volume_covered}, volume_covered, covered)) AS v(measure_id, amount, count)
 WHERE v.count > 0"""

LEADS = """
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, user_id, amount, count)
SELECT v.measure_id, COALESCE(d.company_id, p.company_id, {company}), p.commercial_partner_id, v.moment::date, d.user_id, COUNT(*), COUNT(*)
  FROM {keys}
 CROSS JOIN LATERAL (VALUES
       ({opportunities_won}, d.date_closed, d.type = 'opportunity' AND d.won_status = 'won'),
       ({opportunities_lost}, d.date_closed, d.type = 'opportunity' AND d.won_status = 'lost'),
       ({leads_converted}, d.date_conversion, TRUE),
       ({opportunities_direct}, d.create_date, d.type = 'opportunity' AND d.date_conversion IS NULL)) AS v(measure_id, moment, counts)
 WHERE v.counts AND v.moment IS NOT NULL {month}
 GROUP BY 1, 2, 3, 4, 5"""

ANSWERS = """
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, moment, key, res_id, amount, count)
SELECT CASE q.kam_purpose WHEN 'nps' THEN {nps_answers} ELSE {csat_satisfied} END, COALESCE(p.company_id, {company}), p.commercial_partner_id,
       d.end_datetime::date, d.end_datetime,
       CASE q.kam_purpose WHEN 'nps' THEN 'contact,' || d.partner_id ELSE 'question,' || q.id || ',contact,' || d.partner_id END, d.id,
       CASE q.kam_purpose WHEN 'nps' THEN l.value_scale WHEN 'csat' THEN (l.value_scale >= q.kam_satisfied_from)::int END, 1
  FROM {keys}
  JOIN survey_user_input_line l ON l.user_input_id = d.id
  JOIN survey_question q ON q.id = l.question_id AND q.kam_purpose IN ('csat', 'nps')
 WHERE d.state = 'done' AND d.test_entry IS NOT TRUE AND l.skipped IS NOT TRUE AND l.answer_type = 'scale' {month}"""

RATINGS = """
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, moment, key, res_id, amount, count)
SELECT {csat_satisfied}, COALESCE(p.company_id, {company}), p.commercial_partner_id, d.rated_on::date, d.rated_on, 'rating,' || d.id, d.id,
       (d.rating >= 4)::int, 1
  FROM {keys}
 WHERE d.consumed AND d.rating >= 1 AND d.res_model IN ('project.task', 'discuss.channel') {month}"""

MEETINGS = """
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count)
SELECT DISTINCT {meetings}, COALESCE(p.company_id, {company}), p.commercial_partner_id, e.start::date, e.start, u.id, 'event,' || e.id, e.id, 1, 1
  FROM {keys}
  JOIN calendar_event e ON e.id = d.event_id AND e.active
  JOIN calendar_attendee b ON b.event_id = e.id AND b.state IS DISTINCT FROM 'declined'
  JOIN res_users u ON u.partner_id = b.partner_id AND u.share IS NOT TRUE
 WHERE d.state IS DISTINCT FROM 'declined' AND NOT EXISTS (SELECT FROM res_users i WHERE i.partner_id = p.id AND i.share IS NOT TRUE) {month}"""

MESSAGES = """
INSERT INTO bench_fact (measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count)
SELECT DISTINCT CASE WHEN m.message_type = 'notification' THEN {calls} ELSE {exchanges} END,
       COALESCE(d.company_id, p.company_id, {company}), p.commercial_partner_id, m.date::date, m.date, u.id,
       CASE WHEN m.message_type = 'notification' THEN 'call,' || m.id ELSE 'thread,' || m.model || ',' || m.res_id || ',' || m.date::date END, m.id, 1, 1
  FROM {keys}
  LEFT JOIN res_users u ON u.partner_id = m.author_id AND u.share IS NOT TRUE
 WHERE (m.message_type IN ('comment', 'email') AND m.subtype_id = {comment} AND m.is_internal IS NOT TRUE
        OR m.mail_activity_type_id IS NOT NULL AND m.subtype_id = {activities}) {month}"""

DOCUMENTS = """(SELECT 'res.partner' AS model, id AS res_id, id AS partner_id, company_id FROM res_partner
    UNION ALL SELECT 'crm.lead', id, partner_id, company_id FROM crm_lead
    UNION ALL SELECT 'sale.order', id, partner_id, company_id FROM sale_order)"""
PEOPLE = "k JOIN res_partner p ON p.commercial_partner_id = k.partner_id"
WHOLE = "(SELECT DISTINCT partner_id FROM k) " + PEOPLE
MONTH = "AND EXISTS (SELECT FROM k n WHERE n.partner_id = p.commercial_partner_id AND {moment} >= n.start AND {moment} < n.stop)"
# statement, the documents of everybody, those of the changed accounts, the moment which tells the month
STATEMENTS = (
    (INVOICES, "account_move m", "k JOIN account_move m ON m.commercial_partner_id = k.partner_id"
     " AND m.invoice_date >= k.start AND m.invoice_date < k.stop", None),
    (LEADS, "crm_lead d JOIN res_partner p ON p.id = d.partner_id", WHOLE + " JOIN crm_lead d ON d.partner_id = p.id", "v.moment"),
    (ANSWERS, "survey_user_input d JOIN res_partner p ON p.id = d.partner_id", WHOLE + " JOIN survey_user_input d ON d.partner_id = p.id",
     "d.end_datetime"),
    (RATINGS, "rating_rating d JOIN res_partner p ON p.id = d.partner_id", WHOLE + " JOIN rating_rating d ON d.partner_id = p.id", "d.rated_on"),
    (MEETINGS, "calendar_attendee d JOIN res_partner p ON p.id = d.partner_id", WHOLE + " JOIN calendar_attendee d ON d.partner_id = p.id", "e.start"),
    (MESSAGES, f"mail_message m JOIN {DOCUMENTS} d ON d.model = m.model AND d.res_id = m.res_id JOIN res_partner p ON p.id = d.partner_id",
     WHOLE + f" JOIN {DOCUMENTS} d ON d.partner_id = p.id JOIN mail_message m ON m.model = d.model AND m.res_id = d.res_id", "m.date"),
)
# Who wrote to us counts as well where the document is another customer's.
AUTHORS = (
    MESSAGES.replace("d.company_id, p", "p"),
    "mail_message m JOIN res_partner p ON p.id = m.author_id AND m.message_type = 'comment'",
    WHOLE + " JOIN mail_message m ON m.author_id = p.id AND m.message_type = 'comment'", "m.date")
CODES = (
    'revenue', 'revenue_covered', 'cost_covered', 'volume', 'volume_covered', 'opportunities_won', 'opportunities_lost', 'leads_converted',
    'opportunities_direct', 'nps_answers', 'csat_satisfied', 'meetings', 'calls', 'exchanges')


class BuildLimit:

    def __init__(self, env):
        self.env = env
        measures = env['kam.measure'].search([('code', 'in', CODES)])
        self.names = {measure.code: measure.id for measure in measures}
        self.names |= {
            'company': env['kam.fact']._main_company_id(),
            'comment': env.ref('mail.mt_comment').id, 'activities': env.ref('mail.mt_activities').id,
        }
        self.measures = measures
        for statement in TABLES:
            env.cr.execute(statement)

    def rebuild(self):
        self.env.cr.execute(SETTINGS)
        self.env.cr.execute("DELETE FROM bench_fact")
        self.env.cr.execute("DELETE FROM bench_fact_category")
        for statement, everybody, _changed, _moment in (*STATEMENTS, AUTHORS):
            self.env.cr.execute(statement.format(keys=everybody, month='', **self.names))

    def refresh(self, keys):
        """Rebuild (account, first day, day after the last) keys."""
        self.env.cr.execute(SETTINGS)
        ids, starts, stops = ([str(key[place]) for key in keys] for place in range(3))
        with_keys = self.env.cr.mogrify(
            "k AS MATERIALIZED (SELECT * FROM unnest(%s::int[], %s::date[], %s::date[]) AS k(partner_id, start, stop))",
            (list(map(int, ids)), starts, stops)).decode()
        for table in ('bench_fact', 'bench_fact_category'):
            self.env.cr.execute(f"WITH {with_keys} DELETE FROM {table} f USING k WHERE f.partner_id = k.partner_id AND f.date >= k.start AND f.date < k.stop")
        for statement, _everybody, changed, moment in (*STATEMENTS, AUTHORS):
            text = statement.format(keys=changed, month=MONTH.format(moment=moment) if moment else '', **self.names).strip()
            text = f"WITH {with_keys}, {text[5:]}" if text.startswith('WITH ') else f"WITH {with_keys} {text}"
            self.env.cr.execute(text)

    def differences(self):
        """How many days of an account differ from the addon's, in these measures."""
        [(count,)] = self.env.execute_query(SQL(
            """SELECT COUNT(*) FROM (
                   SELECT measure_id, company_id, partner_id, date, SUM(amount) AS amount, SUM(count) AS count FROM kam_fact
                    WHERE measure_id = ANY(%(ids)s) AND partner_id IS NOT NULL GROUP BY 1, 2, 3, 4) a
                 FULL JOIN (SELECT measure_id, company_id, partner_id, date, SUM(amount) AS amount, SUM(count) AS count FROM bench_fact
                             GROUP BY 1, 2, 3, 4) b USING (measure_id, company_id, partner_id, date)
                WHERE a.amount IS DISTINCT FROM b.amount OR a.count IS DISTINCT FROM b.count""", ids=self.measures.ids))
        return count
