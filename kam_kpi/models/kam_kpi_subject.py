from datetime import timedelta

from odoo import api, models


class KamKpiSubject(models.Model):
    """The figures of a person, a team or the company: of whose accounts, and who did it."""

    _inherit = 'kam.kpi'

    @api.model
    def _measure_subject(self, codes, scope, record_id, date_start, date_stop):
        """Return the KPIs of one subject for the half-open period, as :meth:`measure_total` does.

        Results belong to who holds an account on the last day of the period (today while it runs);
        counts of activity (``actor_view``) to who did it, whoever holds the account. Callers check
        what the user may see.

        :param scope: 'account', 'user', 'team' or 'company'; ``record_id`` belongs to it
        """
        kpis = self._by_codes(codes)
        day = min(date_stop - timedelta(days=1), self._as_of())
        self.env.flush_all()  # the figures are read by SQL
        accounts = self._scope_accounts(scope, record_id, day, self.env.company)
        results = kpis._outcomes({0: accounts}, date_start, date_stop, subjects={0: (scope, record_id)})
        partner_id = record_id if scope == 'account' else None
        return [self._public_result(kpi, partner_id, results[kpi.id, 0]) for kpi in kpis]
