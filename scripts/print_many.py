"""Prints many reviews in one batch, kills the server half-way, and looks whether anything was lost and how much memory it took.

    python print_many.py CONFIGURATION DATABASE COUNT PORT

Makes reviews of past periods in a demo database, asks for all of them in one file, and serves the database with
``./dev run`` until the scheduled job has printed them; at half of them the server is killed (SIGKILL) and started
anew. Prints the memory of the server at each tenth. Changes the database it is given.
"""
import base64
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / 'bench'))
from connect import environment

from odoo.tools.pdf import PdfFileReader

DEV = Path(__file__).parent.parent / 'dev'
KINDS = ('quarter', 'semester', 'year')


def periods(company, day):
    """Periods of each kind that are over, the latest first."""
    for kind in KINDS:
        start = company._kam_period(kind, day)[0]
        for _number in range({'quarter': 12, 'semester': 6, 'year': 3}[kind]):
            start, stop = company._kam_period(kind, start - timedelta(days=1))
            yield kind, start, stop - timedelta(days=1)


def prepare(configuration, database, count, port):
    with environment(configuration, database) as env:
        director = env['res.users'].search([('login', '=', 'diana')])
        company = director.company_id
        env = env(user=director.id, context={**env.context, 'allowed_company_ids': company.ids})
        accounts = env['res.partner'].search([('is_key_account', '=', True), ('kam_is_account', '=', True)])
        reviews = env['kam.review']
        for kind, start, end in periods(company, company._kam_today()):
            for account in accounts:
                if len(reviews) < count:
                    known = reviews.search([('partner_id', '=', account.id), ('date_start', '=', start), ('date_end', '=', end)], limit=1)
                    reviews |= known or reviews.create({'partner_id': account.id, 'frequency': kind, 'date_start': start, 'date_end': end})
        parameters = env['ir.config_parameter'].sudo()
        for name in ('web.base.url', 'report.url'):
            parameters.set_param(name, f'http://127.0.0.1:{port}')
        batch = env['kam.review.batch'].browse(reviews.action_print_batch()['res_id'])
        env.cr.commit()
        print(f"{len(reviews)} reviews of {len(accounts)} accounts", flush=True)
        return batch.id


def look(configuration, database, batch_id):
    """Return (state, printed, failed, pages of the file)."""
    with environment(configuration, database) as env:
        batch = env['kam.review.batch'].browse(batch_id)
        states = batch.line_ids.mapped('state')
        pages = len(PdfFileReader(io.BytesIO(base64.b64decode(batch.pdf_file))).pages) if batch.pdf_file else 0
        return batch.state, states.count('printed'), states.count('failed'), pages


def serve(database, port):
    return subprocess.Popen([DEV, 'run', '--db', database, '--port', str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def server_process(database):
    """The id of Odoo's process on the database, and its resident memory in MB."""
    for entry in Path('/proc').iterdir():
        if entry.name.isdecimal():
            try:
                words = (entry / 'cmdline').read_bytes().split(b'\0')
                if database.encode() in words and b'--no-http' not in words and any(b'--http-port' in word or b'-p' == word for word in words):
                    memory = next(line for line in (entry / 'status').read_text().splitlines() if line.startswith('VmRSS'))
                    return int(entry.name), int(memory.split()[1]) // 1024
            except (OSError, StopIteration):
                continue
    return None, 0


def main(configuration, database, count, port):
    batch_id = prepare(configuration, database, count, port)
    begun, killed, told, top = time.monotonic(), False, -1, 0
    session = serve(database, port)
    while True:
        time.sleep(3)
        process, memory = server_process(database)
        top = max(top, memory)
        state, printed, failed, pages = look(configuration, database, batch_id)
        done = printed + failed
        if done * 10 // count > told and process:
            told = done * 10 // count
            print(f"{time.monotonic() - begun:6.0f} s  {printed} printed, {failed} failed, {memory} MB", flush=True)
        if done >= count / 2 and not killed and process:
            os.kill(process, signal.SIGKILL)
            killed = True
            time.sleep(2)
            print(f"killed at {done}", flush=True)
            session = serve(database, port)
        if state == 'done':
            break
    os.killpg(session.pid, signal.SIGINT)
    print(f"{printed} printed, {failed} failed, {pages} pages, {time.monotonic() - begun:.0f} s, at most {top} MB")
    return 0 if not failed and pages else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
