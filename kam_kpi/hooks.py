def uninstall_hook(env):
    """Drop what Odoo does not know of: the row triggers and their functions."""
    env['kam.fact']._drop_triggers()
