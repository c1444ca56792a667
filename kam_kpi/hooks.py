def post_init_hook(env):
    """Have the facts of all documents made by the job, so that installing takes no longer with years of them."""
    env['kam.fact.queue'].create({'everything': True})
    env.ref('kam_kpi.ir_cron_kam_fact_refresh')._trigger()


def uninstall_hook(env):
    """Drop what Odoo does not know of: the row triggers and their functions."""
    env['kam.fact']._drop_triggers()
