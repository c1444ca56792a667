from odoo import api, models

from ..tools.attainment import rag
from ..tools.streak import red_streak


class KamCoachingPropose(models.Model):
    """Proposes talks from the closed targets: help after missed ones in a row, praise after outstanding ones."""

    _inherit = 'kam.coaching'

    @api.model
    def _cron_propose(self):
        self._propose()

    @api.model
    def _propose(self):
        """Propose what the closed targets ask for; the same periods propose once, however often it runs.

        :return: the notes that are new
        """
        targets = self.env['kam.target'].sudo().search([  # sudo: a job over all account managers
            ('scope', '=', 'user'), ('is_final', '=', True), ('state', 'in', ('agreed', 'locked')), ('user_id.active', '=', True)],
            order='date_end')
        groups = targets.grouped(lambda target: (target.company_id, target.user_id, target.kpi_id, target.frequency))
        wanted = [vals for rows in groups.values() for vals in (self._help_values(rows), self._praise_values(rows)) if vals]
        known = {(note.user_id.id, note.company_id.id, note.kind, note.kpi_id.id): note for note in self.sudo().search(  # sudo: as above
            [('kpi_id', '!=', False)], order='date_to')}
        self._name_mentors(wanted, targets)
        new = []
        for vals in wanted:
            note = known.get((vals['user_id'], vals['company_id'], vals['kind'], vals['kpi_id']))
            if note and note.state in ('proposed', 'planned'):
                if note.date_to < vals['date_to']:
                    note.write({name: vals[name] for name in ('streak', 'date_from', 'date_to', 'attainment', 'mentor_id') if name in vals})
            elif not note or note.date_to < vals['date_to']:
                new.append(vals)
        notes = self.sudo().create(new)  # sudo: as above
        notes._tell()
        return notes

    @api.model
    def _leader(self, target):
        """Who talks to the account manager: the leader of the team, None when there is none but the manager."""
        leader = target.user_id.sale_team_id.user_id
        return leader if leader and leader != target.user_id else None

    def _values(self, rows, kind, streak):
        last, leader = rows[-1], self._leader(rows[-1])
        if not leader:
            return None
        return {
            'kind': kind, 'user_id': last.user_id.id, 'leader_id': leader.id, 'team_id': last.user_id.sale_team_id.id, 'company_id': last.company_id.id,
            'kpi_id': last.kpi_id.id, 'streak': streak, 'date_from': rows[-streak].date_start if streak else last.date_start,
            'date_to': last.date_end, 'attainment': None if last.attainment is False else last.attainment}

    def _help_values(self, rows):
        """What to propose when the last periods with data were red as often in a row as the company says."""
        colours = [rag(None if row.attainment is False else row.attainment, row.kpi_id.green_from, row.kpi_id.amber_from) for row in rows]
        streak = red_streak(colours)
        if streak < rows[0].company_id.kam_streak or not colours or colours[-1] == 'no_data':
            return None
        known = rows.filtered(lambda row: row.attainment is not False)
        return self._values(known, 'help', streak)

    def _praise_values(self, rows):
        """What to propose when the last period went beyond its stretch target."""
        last = rows[-1]
        if last.stretch_value is False or last.actual_value is False:
            return None
        ahead = last.actual_value - last.stretch_value
        beyond = {'higher': ahead >= 0, 'lower': ahead <= 0}.get(last.direction, False)
        return self._values(rows, 'praise', 1) if beyond else None

    @api.model
    def _name_mentors(self, wanted, targets):
        """Name the best of the team at the KPI in the same period, if the target was met."""
        for vals in wanted:
            if vals['kind'] != 'help':
                continue
            peers = targets.filtered(lambda target, vals=vals: (
                target.kpi_id.id == vals['kpi_id'] and target.date_end == vals['date_to'] and target.user_id.id != vals['user_id']
                and target.user_id.sale_team_id.id == vals['team_id'] and target.attainment is not False and round(target.attainment, 4) >= 1))
            best = max(peers, key=lambda target: target.attainment, default=None)
            vals['mentor_id'] = best.user_id.id if best else False

    def _tell(self):
        """Tell the leaders, each by one open activity on their own contact that says nothing of the content."""
        leaders = self.leader_id
        summary = self.env._("Talks are proposed: see Coaching")
        contacts = leaders.partner_id.sudo()  # sudo: leaders may see no contacts; theirs bears the activity
        waiting = contacts.activity_ids.filtered(lambda activity: activity.summary == summary).user_id
        for leader in leaders - waiting:
            leader.partner_id.sudo().activity_schedule(  # sudo: as above
                'mail.mail_activity_data_todo', user_id=leader.id, summary=summary, date_deadline=self.env.company._kam_today())
