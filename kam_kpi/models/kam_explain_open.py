from odoo import api, fields, models
from odoo.fields import Command

from ..tools import period
from .kam_kpi_query_everyone import EVERYONE
from .kam_kpi_value import REASONS

FIGURE = ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size', 'margin')


class KamExplainOpen(models.TransientModel):
    """How an explanation is made: for callers who have checked that the user may see the figure."""

    _inherit = 'kam.explain'

    @api.model
    def _open(self, kpi, scope, record_id, date_start, date_stop, stored=None):
        """Create an explanation and return the action that shows it.

        :param kpi: in the companies whose documents count
        :param scope: 'account', 'user', 'team' or 'company'; ``record_id`` belongs to it
        :param stored: the stored value which is explained; without one the figure is worked out now
        """
        self.env.flush_all()  # the figures are read by SQL
        day = max(min(date_stop, kpi._as_of()) - period.ONE_DAY, date_start)
        accounts = kpi._scope_accounts(scope, record_id, day, self.env.company)
        definition = kpi.sudo()  # the catalogue is no secret; whose figure it is was checked by the caller
        live = definition._outcomes({0: accounts}, date_start, date_stop, subjects={0: (scope, record_id)})[kpi.id, 0]
        whom = self._of_whom(kpi, scope, record_id, accounts)
        figure = self._stored_figure(stored, live) if stored else self._live_figure(live)
        explain = self.sudo().create({  # written for the user, who may change nothing in it; access was checked by the caller
            **figure,
            'kpi_id': kpi.id,
            'scope': scope,
            'subject_id': record_id,
            'partner_id': record_id if scope == 'account' else False,
            'subject': self._subject_name(scope, record_id),
            'company_id': self.env.company.id,
            'company_ids': [Command.set(self.env.companies.ids)],
            'date_start': date_start,
            'date_end': date_stop - period.ONE_DAY,
            'known_part': self._known_part(definition, accounts, scope, date_start, date_stop),
            'of_whom': whom,
            'is_closed_off': not whom,
        })
        explain._add_lines(definition._term_windows(date_start, date_stop) if whom else [])
        explain._add_figures(definition, accounts, date_start, date_stop)
        return explain._action()

    def _action(self):
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Explain: %(kpi)s", kpi=self.kpi_id.name),
            'res_model': self._name,
            'res_id': self.id,
            'view_mode': 'form',
            'target': 'current',
        }

    @api.model
    def _live_figure(self, live):
        return {
            **{name: live[name] for name in FIGURE},
            'reason': live['reason'] if live['reason'] in dict(REASONS) else False,
            'flags': ', '.join(live['flags']) or False,
        }

    @api.model
    def _stored_figure(self, stored, live):
        live_value = False if live['value'] is None else live['value']
        return {
            **{name: stored[name] for name in FIGURE}, 'flags': stored.flags,
            'value_id': stored.id,
            'live_value': live_value,
            'is_changed': stored._differs(live_value),
        }

    @api.model
    def _subject_name(self, scope, record_id):
        model = {'account': 'res.partner', 'user': 'res.users', 'team': 'crm.team', 'company': 'res.company'}[scope]
        return self.env[model].sudo().browse(record_id).display_name  # a name only, of what the user may see figures of

    @api.model
    def _of_whom(self, kpi, scope, record_id, accounts):
        """Whose documents are shown, or False when they are not all the user's to see."""
        if kpi.actor_view and scope in ('user', 'team'):
            return {'accounts': None, 'users': kpi._users_by_scope({0: (scope, record_id)})[0]}
        if kpi._own_scopes({0: accounts}, {0: (scope, record_id)})[0] == EVERYONE:
            return {'accounts': None, 'users': None} if kpi._sees_all() else False
        readable = kpi._readable_accounts(accounts)
        return {'accounts': accounts, 'users': None} if readable >= set(accounts) else False

    @api.model
    def _known_part(self, kpi, accounts, scope, date_start, date_stop):
        """The known part of the whole, for KPIs which ask for a minimum; None without one."""
        if not kpi.coverage or kpi.method:
            return None
        scopes = kpi._own_scopes({0: accounts}, {0: (scope, None)})
        sums = kpi._evaluate(scopes, date_start, date_stop).get((kpi.id, 0), {})
        whole = sums.get('coverage_denominator') or 0
        return (sums.get('coverage') or 0) / whole if whole > 0 else None

    def _add_lines(self, term_windows):
        """Create the lines: each measure with its amount and the months behind it."""
        lines, sees_all = [], self.env['kam.kpi']._sees_all()
        for window in sorted(term_windows, key=lambda window: bool(window['shift'])):
            of_company = bool(window.get('of_company'))
            if window['stop'] is None or of_company and not sees_all:
                continue
            measure = window['measure']
            drill = self._drill(measure, window['start'], window['stop'], of_company)
            _count, amount = drill.measure._reduced(drill)
            monthly = drill.measure._monthly(drill)
            lines.append({
                'explain_id': self.id,
                'measure_id': measure.id,
                'shift': window['shift'] or False,
                'of_company': of_company,
                'date_start': window['start'],
                'date_stop': window['stop'],
                'amount': amount,
                'months': self._calendar(drill.measure, dict(monthly), window['start'], window['stop']) if window['start'] and monthly else False,
            })
        self.env['kam.explain.line'].sudo().create(lines)  # as in _open

    @api.model
    def _calendar(self, measure, monthly, date_start, date_stop):
        """Return ``[month, figure]`` of every month the window touches, silent ones with 0, or unknown for a middle value."""
        months = []
        month = date_start.replace(day=1)
        while month < date_stop:
            months.append([fields.Date.to_string(month), monthly.get(month, 0.0 if measure._is_additive() else None)])
            month = period.shift_months(month, 1)
        return months

    def _add_figures(self, kpi, accounts, date_start, date_stop):
        """Create the figures it is made of: the KPIs which a special method combines, and accounts which are not stored."""
        rows = []
        for part in kpi.part_ids:
            live = part._outcomes({0: accounts}, date_start, date_stop, subjects={0: (self.scope, self.subject_id)})
            rows.append(self._figure_row('part', part, live[part.id, 0]))
        if self.scope != 'account' and not self.value_id and not kpi.company_only:
            live = kpi._outcomes(
                {account: [account] for account in accounts}, date_start, date_stop, subjects={account: ('account', account) for account in accounts})
            rows += [self._figure_row('account', kpi, live[kpi.id, account], account) for account in accounts]
        self.env['kam.explain.figure'].sudo().create(rows)  # as in _open

    def _figure_row(self, kind, kpi, result, partner_id=False):
        return {
            'explain_id': self.id, 'kind': kind, 'kpi_id': kpi.id, 'partner_id': partner_id, **self._live_figure(result),
        }
