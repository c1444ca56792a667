"""What a director does after the addon was installed: key accounts with their managers, and what the survey's questions are for.

    python prepare.py CONFIGURATION DATABASE SIZE
"""
import sys

from connect import environment
from sizes import SIZES

from odoo.tools import SQL


def prepare(env, size):
    users = env['res.users'].search([('login', '=like', 'seller%')], order='id')
    env.ref('kam_kpi.group_kam_user').write({'user_ids': [(4, user.id) for user in users]})
    accounts = env['res.partner'].search([('name', '=like', 'Account %'), ('is_company', '=', True)], order='id', limit=size.key_accounts)
    holders = accounts.grouped(lambda account: users[account.id % len(users)])
    for user, held in holders.items():
        held.write({'is_key_account': True, 'kam_user_id': user.id})
    # They were theirs all the time, so that the figures of past periods have a holder.
    env.flush_all()
    env.cr.execute(SQL("UPDATE kam_assignment SET date_from = CURRENT_DATE - 1200"))
    env['survey.question'].search([('title', '=', "Satisfied?")]).write({'kam_purpose': 'csat', 'kam_satisfied_from': 4})
    env['survey.question'].search([('title', '=', "Recommend?")]).write({'kam_purpose': 'nps'})
    env.cr.commit()


if __name__ == '__main__':
    configuration, database, size_name = sys.argv[1:]
    with environment(configuration, database) as bench_env:
        prepare(bench_env, SIZES[size_name])
