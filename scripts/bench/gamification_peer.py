"""The same five figures by Odoo's gamification: one goal a figure, person and period."""
from datetime import timedelta

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


def goals(env, users, periods, batch):
    """Make the goals of these people over half-open periods; return them.

    :param batch: evaluated in batches, as whoever makes a definition may choose; Odoo's own choice is one by one
    """
    definitions = env['gamification.goal.definition'].create([_definition(env, number, batch, *row) for number, row in enumerate(DEFINITIONS)])
    return env['gamification.goal'].create([{
        'definition_id': definition.id, 'user_id': user.id, 'start_date': start, 'end_date': stop - timedelta(days=1),
        'target_goal': 1e12, 'state': 'inprogress',
    } for definition in definitions for user in users for start, stop in periods])


def _definition(env, number, batch, model, field, date, domain, person):
    def field_id(name):
        return env['ir.model.fields']._get(model, name).id

    # Without batches the person is asked for in the domain, as in the definitions that come with Odoo's modules.
    mine = {'batch_mode': True, 'batch_distinctive_field': field_id(person), 'batch_user_expression': 'user.id'} if batch else {}
    alone = domain if batch else f"[('{person}', '=', user.id), *{domain}]"
    return {
        'name': f"Bench {number}", 'computation_mode': 'sum' if field else 'count', 'model_id': env['ir.model']._get_id(model),
        'field_id': field and field_id(field), 'field_date_id': field_id(date), 'domain': alone, 'condition': 'higher', **mine}
