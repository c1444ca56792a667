from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools.voice import NPS_LOW, POINTS_LOW
from .kam_attention_day import Signal, Touch

LOOK_BACK_DAYS = 60
# Measure: the highest amount that is a low answer.
LOW = {'nps_answers': NPS_LOW, 'csat_points': POINTS_LOW, 'csat_satisfied': 0}


class KamAttentionSignalVoice(models.Model):
    """Low answers nobody has called about yet: 0 to 6 of 10, 1 or 2 of 5, or dissatisfied on another scale.

    The latest answer of a person counts. A meeting or call with the account on a
    later day settles it, or later on that day where the times are known; so does closing its loop.
    """

    _inherit = 'kam.attention'

    def _signals_voice(self, day):
        loops = self._voice_loops(day)
        for partner_id, rows in self._low_answers(day).items():
            touch = day.touches.get(partner_id, Touch())
            waiting = [row for row in rows if not self._is_settled(row, touch, loops)]
            if not waiting:
                continue
            latest = max(waiting, key=lambda row: (row['date'], row['res_id']))
            answers = {(row['rated'], row['res_id']) for row in waiting}
            scores = [row['amount'] for row in waiting if row['code'] == 'nps_answers']
            yield Signal(
                partner_id, 'voice', f"voice:{latest['code']}:{latest['res_id']}:{latest['date']}", 5, day.revenue.get(partner_id),
                min(row['date'] for row in waiting) + timedelta(days=day.company.kam_voice_days),
                {'count': len(answers), 'score': min(scores, default=None), 'date': fields.Date.to_string(latest['date'])},
                loops.get((latest['rated'], latest['res_id'])))

    def _voice_loops(self, day):
        """{(is it a rating?, id of the answer): what follows it up}."""
        loops = self.env['kam.voice.followup'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('date', '>=', day.ago(LOOK_BACK_DAYS))])
        return {(bool(loop.rating_id), (loop.rating_id or loop.user_input_id).id): loop for loop in loops}

    def _is_settled(self, answer, touch, loops):
        """Whether its loop is closed, or somebody spoke with the account after the answer; on the day itself the times must be known."""
        loop = loops.get((answer['rated'], answer['res_id']))
        if loop and loop.state == 'closed':
            return True
        if touch.spoken and touch.spoken > answer['date']:
            return True
        return bool(touch.spoken_at and answer['moment'] and touch.spoken_at > answer['moment'])

    def _low_answers(self, day):
        """{account id: [its people's latest answers which are low]}."""
        codes = day.measure_ids(*LOW)
        rows = self.env.execute_query(SQL(
            """SELECT DISTINCT ON (partner_id, measure_id, key) partner_id, measure_id, date, moment, amount, res_id, key
                 FROM kam_fact WHERE company_id = %s AND measure_id = ANY(%s) AND partner_id = ANY(%s) AND date >= %s AND date <= %s
                ORDER BY partner_id, measure_id, key, moment DESC, id DESC""",
            day.company.id, list(codes), day.ids, day.ago(LOOK_BACK_DAYS), day.today))
        found = {}
        on_points = {(row[0], row[-1]) for row in rows if codes[row[1]] == 'csat_points'}
        for partner_id, measure_id, date, moment, amount, res_id, key in rows:
            code = codes[measure_id]
            # The same answer is kept as points where its scale has them: a 3 of 5 is no praise, and no alarm.
            if amount <= LOW[code] and not (code == 'csat_satisfied' and (partner_id, key) in on_points):
                found.setdefault(partner_id, []).append({
                    'code': code, 'date': date, 'moment': moment, 'amount': float(amount), 'res_id': res_id, 'rated': key.startswith('rating,')})
        return found

    def _words_voice(self, figures, source):
        day = self._day_text(figures['date'])
        if figures['score'] is None and figures['count'] == 1:
            reason = self.env._("A dissatisfied answer of %(day)s waits for a call.", day=day)
        elif figures['score'] is None:
            reason = self.env._("%(count)s dissatisfied answers wait for a call, the last of %(day)s.", count=figures['count'], day=day)
        elif figures['count'] == 1:
            reason = self.env._("Gave us %(score)s of 10 on %(day)s; nobody has called since.", score=int(figures['score']), day=day)
        else:
            reason = self.env._(
                "%(count)s low answers (lowest: %(score)s of 10), the last of %(day)s; nobody has called since.",
                count=figures['count'], score=int(figures['score']), day=day)
        return reason, self.env._("Call, ask why, and tell them what changes.")
