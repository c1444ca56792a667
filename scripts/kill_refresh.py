"""Kills refreshes of the figures at random moments and looks whether anything was lost.

    python kill_refresh.py CONFIGURATION DATABASE ROUNDS SEED

Each round changes invoices, starts a refresh in a process of its own, kills that process (SIGKILL), and then lets a
refresh run to its end: the facts must be the very rows that a rebuild makes, and the queue must be empty. Changes the
database it is given.
"""
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / 'bench'))
from connect import environment

from odoo.tools import SQL

COLUMNS = {
    'kam_fact': 'measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count',
    'kam_fact_category': 'measure_id, company_id, partner_id, categ_id, date, amount',
}
INVOICES = 200


def work(configuration, database):
    """A refresh by the scheduled job's own method: slices, each committed."""
    with environment(configuration, database) as env:
        print("begun", flush=True)
        env['kam.fact'].refresh()
        env.cr.commit()


def change(env, dice):
    moves = [row[0] for row in env.execute_query(SQL("SELECT id FROM account_move WHERE state = 'posted' ORDER BY id"))]
    some = dice.sample(moves, min(INVOICES, len(moves)))
    env.cr.execute(SQL("UPDATE account_move_line SET balance = balance - 1 WHERE move_id = ANY(%s) AND display_type = 'product'", some))
    env.cr.commit()


def facts(env):
    return {table: sorted(env.execute_query(SQL(f"SELECT {columns} FROM {table}")), key=str) for table, columns in COLUMNS.items()}


def check(env):
    """Problems left after one whole refresh."""
    fact = env['kam.fact']
    # The backend of the killed process goes on until its statement ends, and holds the lock as long.
    for _try in range(60):
        busy = fact.refresh().get('busy')
        env.cr.commit()
        if not busy:
            break
        time.sleep(1)
    if env['kam.fact.queue'].search_count([]):
        return "the queue is not empty"
    left = facts(env)
    fact._build(fact._measures())
    right = facts(env)
    env.cr.rollback()
    env.invalidate_all(flush=False)
    return "" if left == right else "the facts are not those of a rebuild"


def main(configuration, database, rounds, seed):
    dice = random.Random(int(seed))
    killed = lost = 0
    with environment(configuration, database) as env:
        started = time.monotonic()
        work_seconds = 5.0
        for number in range(int(rounds)):
            change(env, dice)
            child = subprocess.Popen([sys.executable, __file__, 'work', configuration, database], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            child.stdout.readline()
            begun = time.monotonic()
            try:
                child.wait(dice.uniform(0.02, 1.0) * work_seconds)
                work_seconds = max(time.monotonic() - begun, 0.5)
            except subprocess.TimeoutExpired:
                os.kill(child.pid, signal.SIGKILL)
                child.wait()
                killed += 1
            lasted = time.monotonic() - begun
            problem = check(env)
            lost += bool(problem)
            print(f"round {number + 1}: {'killed' if child.returncode else 'finished'} after {lasted:.1f} s; {problem or 'nothing lost'}", flush=True)
        print(f"{killed} of {rounds} refreshes killed, {lost} with a loss, {time.monotonic() - started:.0f} s")
    sys.exit(bool(lost))


if __name__ == '__main__':
    if sys.argv[1] == 'work':
        work(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
