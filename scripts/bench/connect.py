"""Odoo's environment for a script."""
from contextlib import contextmanager

import odoo.init  # before anything else of Odoo
import odoo.service.server
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextmanager
def environment(configuration, database, *options):
    """The superuser's environment on a database; what is not committed is undone."""
    config.parse_config(['-c', configuration, '-d', database, '--no-http', '--max-cron-threads=0', '--log-level=warn', *options])
    odoo.service.server.load_server_wide_modules()
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {'tracking_disable': True, 'no_reset_password': True, 'mail_notify_force_send': False})
        cr.rollback()
