#!/usr/bin/env python3
"""Reads KPIs, proposes a target and fetches a review as PDF through Odoo's JSON-2 API. Python's standard library only.

    python client.py https://odoo.example.com DATABASE KEY "Customer's name"

The key is made in Odoo under Preferences ▸ Account Security ▸ New API Key; what it may see and do is what its owner may.
"""
import base64
import json
import sys
import urllib.error
import urllib.request
from datetime import date


class OdooError(Exception):
    """Odoo refused or failed: ``status`` is the HTTP status, the text is Odoo's own."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Client:
    """Calls public methods of Odoo's models; each call is one transaction."""

    def __init__(self, url, database, key):
        self.url = url.rstrip('/')
        self.headers = {'Authorization': f'Bearer {key}', 'Content-Type': 'application/json', 'X-Odoo-Database': database}

    def call(self, model, method, **arguments):
        """Return what the method returns; ``ids`` are the records it is called on, all else are its arguments by name."""
        request = urllib.request.Request(f'{self.url}/json/2/{model}/{method}', json.dumps(arguments).encode(), self.headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors='replace')
            try:
                text = json.loads(text)['message']
            except (ValueError, KeyError):
                pass
            raise OdooError(error.code, text) from None

    def account(self, name):
        """Id of the key account of that name."""
        found = self.call('res.partner', 'search_read', domain=[['name', '=', name], ['is_key_account', '=', True]], fields=['id'], limit=1)
        if not found:
            raise OdooError(404, f"There is no key account named {name} that you may see.")
        return found[0]['id']

    def kpis(self, account_id, codes, start, stop):
        """Figures of an account, ``stop`` not included: ``{code: value}``; None is no data, which is not zero."""
        rows = self.call('kam.kpi', 'measure_kpis', codes=codes, partner_ids=[account_id], date_start=str(start), date_stop=str(stop))
        return {row['code']: row['value'] for row in rows}

    def propose_target(self, account_id, code, value, start, end, frequency='quarter'):
        """Id of a new target, proposed: a leader agrees to it in Odoo. ``end`` is the last day."""
        [kpi] = self.call('kam.kpi', 'search', domain=[['code', '=', code]])
        [target] = self.call('kam.target', 'create', vals_list=[{
            'kpi_id': kpi, 'partner_id': account_id, 'target_value': value, 'frequency': frequency, 'date_start': str(start), 'date_end': str(end)}])
        return target

    def review_pdf(self, account_id):
        """(file name, bytes) of the account's last review, or None."""
        found = self.call('kam.review', 'search', domain=[['partner_id', '=', account_id]], order='date_end desc', limit=1)
        if not found:
            return None
        document = self.call('kam.review', 'get_pdf', ids=found)
        return document['name'], base64.b64decode(document['data'])


def quarter_of(day):
    """First day of the calendar quarter of a day, and of the next one."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, date(first.year + first.month // 10, (first.month + 3 - 1) % 12 + 1, 1)


def main(url, database, key, name):
    client = Client(url, database, key)
    account = client.account(name)
    start, stop = quarter_of(date.today())
    for code, value in client.kpis(account, ['revenue', 'nrr_pct', 'csat_pct'], start, stop).items():
        print(code, 'no data' if value is None else value)
    document = client.review_pdf(account)
    if document:
        with open(document[0], 'wb') as file:
            file.write(document[1])
        print('wrote', document[0])


if __name__ == '__main__':
    main(*sys.argv[1:])
