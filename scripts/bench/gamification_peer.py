"""The same five figures by Odoo's gamification: one goal a figure and person, evaluated in batches."""

# model, field that is added up (none: counted), date, domain, person
DEFINITIONS = (
    ('sale.order', 'amount_untaxed', 'date_order', "[('state', '=', 'sale')]", 'user_id'),
    ('crm.lead', None, 'date_closed', "[('won_status', '=', 'won')]", 'user_id'),
    ('crm.lead', 'expected_revenue', 'date_closed', "[('won_status', '=', 'won')]", 'user_id'),
    ('crm.lead', None, 'create_date', "[]", 'user_id'),
    ('calendar.event', None, 'start', "[]", 'user_id'),
)
# What the addon measures for the same.
KPIS = ('contracts_signed', 'win_rate_pct', 'win_rate_value_pct', 'qualified_leads_count', 'meetings_count')


def goals(env, users, date_start, date_end):
    """Make the goals of these people over these days; return them."""
    definitions = env['gamification.goal.definition'].create([_definition(env, number, *row) for number, row in enumerate(DEFINITIONS)])
    return env['gamification.goal'].create([{
        'definition_id': definition.id, 'user_id': user.id, 'start_date': date_start, 'end_date': date_end, 'target_goal': 1e12, 'state': 'inprogress',
    } for definition in definitions for user in users])


def _definition(env, number, model, field, date, domain, person):
    def field_id(name):
        return env['ir.model.fields']._get(model, name).id

    return {
        'name': f"Bench {number}", 'computation_mode': 'sum' if field else 'count', 'model_id': env['ir.model']._get_id(model),
        'field_id': field and field_id(field), 'field_date_id': field_id(date), 'domain': domain, 'batch_mode': True,
        'batch_distinctive_field': field_id(person), 'batch_user_expression': 'user.id', 'condition': 'higher'}
