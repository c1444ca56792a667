import logging
from collections import defaultdict
from time import monotonic

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .kam_changes import Changes
from .kam_measure_method_events import REFERENCES, THREAD
from .kam_partitions import Partitions

_logger = logging.getLogger(__name__)

LOCK = 0x6b616d  # "kam": one refresh at a time in a database
CHUNK = 500


class KamFactRefresh(models.Model):
    """Keeps the facts equal to the documents."""

    _inherit = 'kam.fact'

    @api.model
    def refresh(self):
        """Bring the facts, and the values which rest on them, up to date with the documents.

        Only what changed since the last time is rebuilt. Runs in the caller's
        transaction; when another refresh is at work it leaves at once, with zeros and
        ``busy``: what is left stays queued. Directors only.

        :return: ``{'accounts': n, 'months': n, 'seconds': s}``: how many accounts, and months of accounts, were rebuilt
        """
        return self._run('_drain')

    @api.model
    def rebuild(self):
        """Make all facts and values anew from the documents; as :meth:`refresh` otherwise."""
        return self._run('_rebuild_all')

    @api.model
    def action_refresh(self):
        """Refresh at a director's request (menu *Refresh the figures*) and say what came of it."""
        done = self.refresh()
        if done.get('busy'):
            kind, message = 'warning', self.env._("The figures are being refreshed already: look again in a minute.")
        elif done['accounts']:
            kind, message = 'success', self.env._(
                "The figures are up to date. Accounts with changed documents: %(accounts)s.", accounts=done['accounts'])
        else:
            kind, message = 'success', self.env._("The figures are up to date.")
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {'type': kind, 'message': message, 'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'}},
        }

    def _run(self, work):
        if not (self.env.su or self.env.user.has_group('kam_kpi.group_kam_manager')):
            raise AccessError(self.env._("Only KAM directors refresh the figures by hand; otherwise they are refreshed every hour."))
        started = monotonic()
        facts = self.sudo()  # facts are the same whoever asks for them; only counts are returned
        facts.env.flush_all()
        # The lock's own statement opens the snapshot, so nothing the last holder committed is missed.
        [(free,)] = facts.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        if not free:
            return {'accounts': 0, 'months': 0, 'seconds': 0.0, 'busy': True}
        accounts, months = {'_drain': facts._drain, '_rebuild_all': facts._rebuild_all}[work]()
        return {'accounts': accounts, 'months': months, 'seconds': monotonic() - started}

    @api.model
    def _cron_refresh(self):
        """Hourly, and within a minute of an answer: drain the queue in slices, each a transaction of its own."""
        [(free,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_lock(%s)", LOCK))
        if not free:
            return
        try:
            # The snapshot of the lock's statement may be older than the last holder's commit.
            self.env['ir.cron']._commit_progress(remaining=self._queued())
            more = True
            while more:
                more = self._queued() == CHUNK
                self._drain(limit=CHUNK, last=not more)
                more = self.env['ir.cron']._commit_progress(processed=1, remaining=self._queued()) and more
        finally:
            self.env.cr.execute(SQL("SELECT pg_advisory_unlock(%s)", LOCK))

    def _queued(self):
        return self.env['kam.fact.queue'].search_count([], limit=CHUNK)

    def _rebuild_all(self):
        self.env.cr.execute(SQL("DELETE FROM kam_fact_queue"))
        self._build(self._measures())
        [(accounts, months)] = self.env.execute_query(SQL(
            "SELECT COUNT(DISTINCT partner_id), COUNT(DISTINCT (partner_id, date_trunc('month', date))) FROM kam_fact WHERE partner_id IS NOT NULL"))
        self._after_refresh(None)
        return accounts, months

    def _measures(self, source=None):
        """The measures which keep facts; of one source if given."""
        domain = [('base_id', '=', False)] + ([('source', '=', source)] if source else [])
        return self.env['kam.measure'].search(domain)

    def _drain(self, limit=None, last=True):
        """Take queued changes and rebuild their partitions; return how many accounts and months.

        :param last: make the measures nobody watches anew as well
        """
        queued = self.env.execute_query(SQL(
            """DELETE FROM kam_fact_queue WHERE id IN (SELECT id FROM kam_fact_queue ORDER BY id %s)
               RETURNING source, partner_id, month, ref_model, ref_id, everything""",
            SQL("LIMIT %s", limit) if limit else SQL()))
        by_source = defaultdict(list)
        for source, *row in queued:
            by_source[source].append(row)
        touched = self._touched(by_source)
        changes, whole, everything = Changes(), set(), False
        for source, partitions in touched.items():
            measures = self._measures(source)
            self._build(measures, partitions)
            if partitions is None:
                everything = True
                whole.update(self.env.execute_query(SQL(
                    "SELECT DISTINCT partner_id, date_trunc('month', date)::date FROM kam_fact WHERE measure_id = ANY(%s)", measures.ids)))
            else:
                changes.add(measures.ids, partitions)
        # Definitions of directors may read documents nobody watches: those measures are made anew each time.
        unwatched = self._measures().filtered(lambda measure: not measure.watched)
        if last and unwatched:
            self._build(unwatched)
            everything = True
        if everything or touched:
            self._after_refresh(None if everything else changes)
        pairs = {pair for pair in whole | changes.pairs if pair[0]}
        return len({partner for partner, _month in pairs}), len(pairs)

    def _touched(self, by_source):
        """Return {source: Partitions, or None for everything}; what concerns all sources is added to each."""
        common = by_source.pop(None, [])
        sources = set(by_source) if not common else set(self._measures().mapped('source')) | set(by_source)
        return {source: self._partitions(by_source.get(source, []) + common) for source in sorted(sources)}

    def _partitions(self, rows):
        """Resolve queued rows of one source into :class:`Partitions`; None when everything is touched."""
        if any(everything for *_row, everything in rows):
            return None
        found, refs = [], defaultdict(lambda: defaultdict(set))
        for partner, month, ref_model, ref_id, _everything in rows:
            if ref_model:
                refs[ref_model][ref_id].add(month)
            else:
                found.append((partner, month))
        for ref_model, months_by_id in refs.items():
            found += self._resolve_references(ref_model, months_by_id)
        return self._collect(found)

    def _resolve_references(self, ref_model, months_by_id):
        """Yield (partner, month) of documents; one that is gone has been queued with its partner when it went."""
        ids = list(months_by_id)
        if ref_model in REFERENCES:
            text = REFERENCES[ref_model]
            rows = self.env.execute_query(SQL(text, *[ids] * text.count('%s')))
        elif ref_model.startswith(THREAD):
            rows = self.env['kam.measure']._thread_partners(ref_model.removeprefix(THREAD), ids)
        else:
            rows = self.env['kam.measure']._document_partners(ref_model, ids)
        result = []
        for ref_id, partner, day in rows:
            for month in months_by_id[ref_id]:
                result.append((partner, month or (day and day.replace(day=1))))
        return result

    def _collect(self, found):
        """Group (partner, month) pairs; a contact stands for itself and for the company it belongs to now."""
        partner_ids = sorted({partner for partner, _month in found if partner})
        commercial = dict(self.env.execute_query(SQL(
            "SELECT id, commercial_partner_id FROM res_partner WHERE id = ANY(%s)", partner_ids))) if partner_ids else {}
        partitions = Partitions(set(), set(), set())
        for partner, month in found:
            if not partner:
                partitions.orphans.add(month)
                continue
            for account in {partner, commercial.get(partner) or partner}:
                if month:
                    partitions.pairs.add((account, month))
                else:
                    partitions.partners.add(account)
        return partitions

    def _after_refresh(self, changes):
        """Hook for the layer above: these facts were made anew (:class:`Changes`; None: all there are)."""
