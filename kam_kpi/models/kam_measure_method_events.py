"""Which changes of which tables touch which facts.

Each event becomes part of a row trigger. It names the sources whose facts are
touched and how the account is found: on the row (``partner``), through another
document (``ref``), or not at all (``everything``).
"""
from typing import NamedTuple


class Event(NamedTuple):
    """What a changed row means.

    :param table: the table that is watched
    :param sources: names of the sources whose facts it touches; empty for all
    :param columns: a change of none of these is no event
    :param partner: column with the partner (a contact or the account)
    :param ref: (model, column) of a document through which the account is found; the model may end with a column name in braces,
        and begin with ``THREAD``: then the accounts are those of the document and of all who wrote on it or were written to
    :param dates: date columns which tell the months; empty for all months
    :param times: the same as UTC times
    :param condition: SQL over ``{r}``, the row: others are no events
    :param everything: all accounts are touched
    :param operations: on which of INSERT, UPDATE, DELETE
    """
    table: str
    sources: tuple
    columns: tuple
    partner: str = ''
    ref: tuple = ()
    dates: tuple = ()
    times: tuple = ()
    condition: str = 'TRUE'
    everything: bool = False
    operations: tuple = ('INSERT', 'UPDATE', 'DELETE')


INVOICES, LEADS, VOICE, TOUCH = 'invoices', 'leads', 'voice', 'touch'
ORDERS, LEDGER, ANALYTIC, AGREEMENTS, GOALS, WALLET = 'orders', 'ledger', 'analytic', 'agreements', 'goals', 'wallet'
PIPELINE, BACKLOG = 'pipeline', 'backlog'
RESPONSES, CADENCE, VISITS = 'responses', 'cadence', 'visits'
ENTRIES, HOURS = 'entries', 'hours'
MOVED = ('UPDATE', 'DELETE')
THREAD = 'thread:'
TALK = ('date', 'message_type', 'subtype_id', 'is_internal', 'author_id', 'model', 'res_id')
SALES_MOVE = "{r}.state = 'posted' AND {r}.move_type IN ('out_invoice', 'out_refund', 'out_receipt')"

EVENTS = [
    # invoices
    Event('account_move', (INVOICES,), ('state', 'move_type', 'commercial_partner_id', 'invoice_date', 'company_id'),
          partner='commercial_partner_id', dates=('invoice_date',), condition=SALES_MOVE),
    Event('account_move_line', (INVOICES,), (
        'move_id', 'parent_state', 'display_type', 'account_id', 'is_downpayment', 'invoice_date', 'balance', 'product_id',
        'quantity', 'product_uom_id', 'company_id', 'kam_unit_cost', 'kam_cost_product'),
          ref=('account.move', 'move_id'), dates=('invoice_date',), condition="{r}.parent_state = 'posted' AND {r}.display_type IN ('product', 'cogs')"),
    Event('account_account', (INVOICES,), ('account_type',), ref=('account.account', 'id'), operations=('UPDATE',)),
    Event('product_template', (INVOICES,), ('categ_id', 'uom_id', 'kam_no_cost'), ref=('product.template', 'id'), operations=('UPDATE',)),
    Event('product_product', (INVOICES,), ('product_tmpl_id', 'standard_price'), ref=('product.product', 'id'), operations=('UPDATE',)),
    Event('uom_uom', (INVOICES,), ('factor',), everything=True, operations=('UPDATE',)),
    # cost of an invoice line by its order line
    Event('sale_order_line_invoice_rel', (INVOICES,), ('invoice_line_id', 'order_line_id'),
          ref=('account.move.line', 'invoice_line_id'), operations=('INSERT', 'DELETE')),
    Event('sale_order_line', (INVOICES,), ('purchase_price', 'product_uom_qty', 'product_uom_id', 'order_id'),
          ref=('invoiced sale.order.line', 'id'), condition="{r}.state = 'sale'", operations=('UPDATE',)),
    Event('sale_order', (INVOICES,), ('currency_rate',), ref=('invoiced sale.order', 'id'), condition="{r}.state = 'sale'", operations=('UPDATE',)),
    # since when somebody is a customer
    Event('res_partner', (INVOICES,), ('kam_customer_since',), partner='id', condition='{r}.kam_customer_since IS NOT NULL',
          operations=('INSERT', 'UPDATE')),
    Event('res_company', (INVOICES,), (), ref=('customers of res.company', 'id'), operations=('INSERT',)),
    # orders
    Event('sale_order', (ORDERS,), ('state', 'partner_id', 'date_order', 'company_id', 'amount_untaxed', 'currency_rate'),
          partner='partner_id', times=('date_order',), condition="{r}.state = 'sale'"),
    # the books as a whole: posting is told by the document, so that its lines need not tell it again
    Event('account_move', (LEDGER,), ('state', 'date', 'journal_id', 'company_id'), dates=('date',), condition="{r}.state = 'posted'"),
    Event('account_move_line', (LEDGER,), ('account_id', 'balance', 'date', 'journal_id', 'company_id', 'move_id'),
          dates=('date',), condition="{r}.parent_state = 'posted' AND {r}.display_type NOT IN ('line_section', 'line_subsection', 'line_note')"),
    Event('account_account', (LEDGER,), ('account_type', 'kam_acquisition'), everything=True, operations=('UPDATE',)),
    Event('account_journal', (LEDGER,), ('kam_closing_journal',), everything=True, operations=('UPDATE',)),
    # analytic lines; a plan may add a column at any time, so that each change counts for the cost of winning customers
    Event('account_analytic_line', (LEDGER,), (), dates=('date',), condition="{r}.category IS DISTINCT FROM 'invoice'"),
    Event('account_analytic_account', (LEDGER,), ('kam_acquisition', 'plan_id'), everything=True, operations=MOVED, condition='{r}.kam_acquisition'),
    Event('res_company', (LEDGER,), ('kam_acquisition_source',), everything=True, operations=('UPDATE',)),
    Event('account_analytic_line', (ANALYTIC,), ('partner_id', 'date', 'amount', 'category', 'general_account_id', 'company_id'),
          partner='partner_id', dates=('date',), condition="{r}.category IS DISTINCT FROM 'invoice'"),
    Event('account_analytic_line', (HOURS,), ('partner_id', 'date', 'unit_amount', 'project_id', 'user_id', 'company_id'),
          partner='partner_id', dates=('date',), condition="{r}.category IS DISTINCT FROM 'invoice'"),
    Event('account_account', (ANALYTIC,), ('account_type',), everything=True, operations=('UPDATE',)),
    # agreements: one decides about another of its account, in whatever month that ends
    Event('kam_agreement', (AGREEMENTS,), (
        'partner_id', 'company_id', 'date_start', 'date_end', 'annual_value', 'currency_id', 'state', 'successor_id'), partner='partner_id'),
    Event('res_company', (AGREEMENTS,), ('kam_grace_days',), everything=True, operations=('UPDATE',)),
    Event('res_currency_rate', (AGREEMENTS, WALLET), ('name', 'rate', 'currency_id', 'company_id'), everything=True),
    # goals of customers
    Event('kam_customer_goal', (GOALS,), (
        'partner_id', 'company_id', 'plan_id', 'baseline', 'target', 'actual', 'direction', 'due_date', 'weight'),
          partner='partner_id', dates=('due_date',)),
    Event('kam_plan', (GOALS,), ('state',), partner='partner_id', operations=('UPDATE',)),
    # estimates of wallets
    Event('kam_wallet_estimate', (WALLET, INVOICES), ('partner_id', 'company_id', 'amount', 'currency_id', 'date'), partner='partner_id'),
    Event('kam_wallet_category_rel', (INVOICES,), ('wallet_id', 'categ_id'), ref=('kam.wallet.estimate', 'wallet_id')),
    Event('product_category', (INVOICES,), ('parent_path',), ref=('wallets by product.category', 'id'), operations=('UPDATE',)),
    # opportunities
    Event('crm_lead', (LEADS,), (
        'partner_id', 'user_id', 'type', 'won_status', 'date_closed', 'date_conversion', 'create_date', 'lost_reason_id', 'company_id',
        'expected_revenue', 'medium_id'),
          partner='partner_id', times=('create_date', 'date_closed', 'date_conversion')),
    Event('crm_lead', (PIPELINE,), (
        'partner_id', 'user_id', 'type', 'won_status', 'active', 'date_deadline', 'expected_revenue', 'probability', 'company_id'),
          partner='partner_id', condition="{r}.type = 'opportunity' AND {r}.won_status = 'pending'"),
    Event('sale_order', (PIPELINE,), ('state', 'opportunity_id'), ref=('crm.lead', 'opportunity_id'), condition="{r}.opportunity_id IS NOT NULL"),
    # orders
    Event('sale_order', (BACKLOG,), ('state', 'partner_id', 'company_id', 'commitment_date', 'date_order', 'currency_rate'),
          partner='partner_id', condition="{r}.state = 'sale'"),
    Event('sale_order_line', (BACKLOG,), ('order_id', 'price_subtotal', 'untaxed_amount_invoiced', 'is_downpayment', 'display_type'),
          ref=('sale.order', 'order_id')),
    Event('crm_lost_reason', (LEADS,), ('kam_spam',), everything=True, operations=('UPDATE',)),
    Event('res_company', (LEADS,), ('kam_conversion_days',), everything=True, operations=('UPDATE',)),
    Event('crm_lead_website_visitor_rel', (LEADS,), ('crm_lead_id',), ref=('crm.lead', 'crm_lead_id')),
    # answers
    Event('rating_rating', (VOICE,), ('partner_id', 'consumed', 'rating', 'res_model', 'rated_on', 'write_date'),
          partner='partner_id', times=('rated_on', 'write_date'), condition='{r}.consumed'),
    Event('survey_user_input', (VOICE,), ('partner_id', 'state', 'test_entry', 'end_datetime', 'kam_anonymous'),
          partner='partner_id', times=('end_datetime',)),
    Event('survey_user_input_line', (VOICE,), ('user_input_id', 'question_id', 'skipped', 'answer_type', 'value_scale', 'value_numerical_box'),
          ref=('survey.user_input', 'user_input_id')),
    Event('survey_question', (VOICE,), (
        'kam_purpose', 'kam_satisfied_from', 'scale_min', 'scale_max', 'validation_required', 'validation_min_float_value', 'validation_max_float_value'),
          everything=True, operations=('UPDATE',)),
    # typed amounts
    Event('kam_measure_entry', (ENTRIES,), ('measure_id', 'partner_id', 'month', 'amount', 'company_id'), partner='partner_id', dates=('month',)),
    # contacts
    Event('calendar_event', (TOUCH,), ('start', 'start_date', 'stop', 'stop_date', 'allday', 'active', 'user_id'),
          ref=('calendar.event', 'id'), dates=('start_date',), times=('start',), operations=('UPDATE',)),
    Event('calendar_attendee', (TOUCH,), ('event_id', 'partner_id', 'state'), partner='partner_id'),
    Event('calendar_attendee', (TOUCH,), ('event_id', 'partner_id', 'state'), ref=('calendar.event', 'event_id')),
    Event('mail_activity', (TOUCH,), ('active', 'date_done', 'activity_type_id', 'res_model', 'res_id', 'calendar_event_id', 'user_id'),
          ref=(THREAD + '{res_model}', 'res_id'), dates=('date_done',), condition='{r}.date_done IS NOT NULL'),
    Event('mail_activity_type', (TOUCH,), ('category',), everything=True, operations=('UPDATE',)),
    Event('mail_message', (TOUCH,), (
        'date', 'message_type', 'subtype_id', 'is_internal', 'author_id', 'model', 'res_id', 'mail_activity_type_id'),
          ref=(THREAD + '{model}', 'res_id'), times=('date',),
          condition="{r}.model IS NOT NULL AND ({r}.message_type IN ('comment', 'email') OR {r}.mail_activity_type_id IS NOT NULL)"),
    Event('mail_message', (TOUCH,), ('date', 'message_type', 'subtype_id', 'is_internal', 'author_id', 'model', 'res_id'),
          partner='author_id', times=('date',), condition="{r}.author_id IS NOT NULL AND {r}.message_type IN ('comment', 'email')"),
    Event('mail_message', (TOUCH,), ('date', 'message_type', 'subtype_id', 'is_internal', 'author_id', 'model', 'res_id'),
          ref=('mail.message', 'id'), times=('date',), condition="{r}.message_type IN ('comment', 'email')", operations=('UPDATE',)),
    Event('mail_message_res_partner_rel', (TOUCH,), ('mail_message_id', 'res_partner_id'),
          ref=('mail.message', 'mail_message_id'), operations=('INSERT',)),
    Event('mail_message_res_partner_rel', (TOUCH,), ('mail_message_id', 'res_partner_id'), partner='res_partner_id', operations=('DELETE',)),
    # waits for an answer: who wrote in the thread, in all months, since an answer closes what was opened long ago
    Event('mail_message', (RESPONSES,), TALK, ref=(THREAD + '{model}', 'res_id'),
          condition="{r}.model IS NOT NULL AND {r}.message_type IN ('comment', 'email')"),
    Event('mail_message', (RESPONSES,), TALK, partner='author_id',
          condition="{r}.author_id IS NOT NULL AND {r}.model IS NOT NULL AND {r}.message_type IN ('comment', 'email')"),
    Event('resource_calendar', (RESPONSES,), ('tz', 'two_weeks_calendar', 'flexible_hours', 'duration_based', 'hours_per_day'),
          everything=True, operations=('UPDATE',)),
    Event('resource_calendar_attendance', (RESPONSES,), (
        'calendar_id', 'dayofweek', 'hour_from', 'hour_to', 'day_period', 'week_type', 'display_type', 'duration_hours'), everything=True),
    Event('resource_calendar_leaves', (RESPONSES,), ('calendar_id', 'company_id', 'resource_id', 'date_from', 'date_to', 'time_type'), everything=True,
          condition='{r}.resource_id IS NULL'),
    Event('res_company', (RESPONSES,), ('resource_calendar_id', 'kam_response_hours', 'kam_sla_hours'), everything=True, operations=('UPDATE',)),
    # what an account is owed
    Event('res_partner', (CADENCE,), ('kam_tier_id', 'kam_since_date', 'is_key_account', 'commercial_partner_id', 'company_id'), partner='id',
          condition='{r}.is_key_account'),
    Event('kam_tier_history', (CADENCE,), ('partner_id', 'tier_id', 'date_from'), partner='partner_id'),
    Event('kam_tier', (CADENCE,), ('meetings_per_month',), everything=True, operations=('UPDATE',)),
    Event('res_company', (CADENCE,), ('id',), everything=True, operations=('INSERT',)),
    # visits of the website: a page view may join two visits, whatever their days
    Event('website_track', (VISITS,), ('visitor_id', 'visit_datetime'), ref=('website.visitor', 'visitor_id')),
    Event('website_visitor', (VISITS,), ('partner_id', 'website_id'), partner='partner_id', operations=MOVED),
    Event('website', (VISITS,), ('company_id',), everything=True, operations=('UPDATE',)),
    # who a document, a person or an account belongs to
    Event('crm_lead', (TOUCH,), ('partner_id', 'company_id'), partner='partner_id', operations=MOVED),
    Event('sale_order', (TOUCH,), ('partner_id', 'company_id'), partner='partner_id', operations=MOVED),
    Event('project_task', (TOUCH,), ('partner_id', 'company_id'), partner='partner_id', operations=MOVED),
    Event('project_project', (TOUCH,), ('partner_id', 'company_id'), partner='partner_id', operations=MOVED),
    Event('account_move', (TOUCH,), ('partner_id', 'company_id'), partner='partner_id', condition='{r}.partner_id IS NOT NULL', operations=MOVED),
    # The company of a document is that of all who write on it.
    *(Event(table, (TOUCH, RESPONSES), ('company_id',), ref=(THREAD + model, 'id'), condition=condition, operations=MOVED) for table, model, condition in (
        ('crm_lead', 'crm.lead', 'TRUE'), ('sale_order', 'sale.order', 'TRUE'), ('project_task', 'project.task', 'TRUE'),
        ('project_project', 'project.project', 'TRUE'), ('account_move', 'account.move', '{r}.partner_id IS NOT NULL'),
        ('res_partner', 'res.partner', 'TRUE'))),
    Event('res_partner', (), ('commercial_partner_id', 'company_id', 'is_key_account'), partner='commercial_partner_id', operations=MOVED),
    # A company that became a contact keeps its invoices, and has the flag of its new company.
    Event('res_partner', (INVOICES,), ('is_key_account',), partner='id', operations=('UPDATE',)),
    Event('res_users', (TOUCH, RESPONSES), ('share', 'partner_id'), everything=True, condition='{r}.share IS NOT TRUE'),
    Event('kam_assignment', (LEADS, VOICE, TOUCH, RESPONSES, VISITS, PIPELINE), ('partner_id', 'company_id', 'date_from', 'date_to'), partner='partner_id'),
    Event('res_company', (), ('kam_timezone',), everything=True, operations=('UPDATE',)),
]

# SELECT of (ref_id, partner_id, day) for the documents through which an account is found; day NULL for all months.
# "%s" takes the list of ids.
REFERENCES = {
    'account.move': "SELECT id, commercial_partner_id, invoice_date FROM account_move WHERE id = ANY(%s)",
    'account.account': """SELECT l.account_id, m.commercial_partner_id, m.invoice_date FROM account_move_line l
                            JOIN account_move m ON m.id = l.move_id WHERE l.account_id = ANY(%s) AND l.display_type IN ('product', 'cogs')""",
    'product.product': """SELECT l.product_id, m.commercial_partner_id, m.invoice_date FROM account_move_line l
                            JOIN account_move m ON m.id = l.move_id WHERE l.product_id = ANY(%s) AND l.display_type IN ('product', 'cogs')""",
    'product.template': """SELECT p.product_tmpl_id, m.commercial_partner_id, m.invoice_date FROM product_product p
                             JOIN account_move_line l ON l.product_id = p.id JOIN account_move m ON m.id = l.move_id
                            WHERE p.product_tmpl_id = ANY(%s) AND l.display_type IN ('product', 'cogs')""",
    'account.move.line': """SELECT l.id, m.commercial_partner_id, m.invoice_date FROM account_move_line l
                              JOIN account_move m ON m.id = l.move_id AND m.state = 'posted' WHERE l.id = ANY(%s)""",
    'invoiced sale.order.line': """SELECT i.order_line_id, m.commercial_partner_id, m.invoice_date FROM sale_order_line_invoice_rel i
                                     JOIN account_move_line l ON l.id = i.invoice_line_id JOIN account_move m ON m.id = l.move_id AND m.state = 'posted'
                                    WHERE i.order_line_id = ANY(%s)""",
    'invoiced sale.order': """SELECT o.order_id, m.commercial_partner_id, m.invoice_date FROM sale_order_line o
                                JOIN sale_order_line_invoice_rel i ON i.order_line_id = o.id
                                JOIN account_move_line l ON l.id = i.invoice_line_id JOIN account_move m ON m.id = l.move_id AND m.state = 'posted'
                               WHERE o.order_id = ANY(%s)""",
    'customers of res.company': """SELECT c.id, p.id, p.kam_customer_since FROM unnest(%s) AS c(id) CROSS JOIN res_partner p
                                     WHERE p.kam_customer_since IS NOT NULL""",
    'kam.wallet.estimate': "SELECT id, partner_id, NULL::date FROM kam_wallet_estimate WHERE id = ANY(%s)",
    'wallets by product.category': """SELECT c.id, e.partner_id, NULL::date FROM unnest(%s) AS c(id) CROSS JOIN (
                                        SELECT DISTINCT w.partner_id FROM kam_wallet_estimate w
                                          JOIN kam_wallet_category_rel r ON r.wallet_id = w.id) e""",
    'survey.user_input': "SELECT id, partner_id, NULL::date FROM survey_user_input WHERE id = ANY(%s)",
    'calendar.event': "SELECT event_id, partner_id, NULL::date FROM calendar_attendee WHERE event_id = ANY(%s)",
    'mail.message': """SELECT t.mail_message_id, t.res_partner_id, NULL::date FROM mail_message_res_partner_rel t WHERE t.mail_message_id = ANY(%s)
                       UNION ALL SELECT m.id, m.author_id, NULL::date FROM mail_message m WHERE m.id = ANY(%s) AND m.author_id IS NOT NULL""",
    'website.visitor': "SELECT id, partner_id, NULL::date FROM website_visitor WHERE id = ANY(%s)",
}
