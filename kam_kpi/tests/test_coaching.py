from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .scorecard_common import ScorecardCase


@tagged('post_install', '-at_install')
class TestCoaching(ScorecardCase):
    """Talks which the closed targets ask for. Today is 2027-01-20: all quarters of 2026 are closed."""

    today = date(2027, 1, 20)

    def quarters(self, *actuals, user=None, **vals):
        """Targets of 100 in the quarters of 2026 with these figures."""
        for period, actual in zip(('Q1', 'Q2', 'Q3', 'Q4'), actuals):
            self.agreed('t_sales', user or self.anna, 100, actual, period=period, **vals)

    def propose(self):
        return self.env['kam.coaching']._propose()

    def note(self, **vals):
        return self.env['kam.coaching'].with_user(self.lea).create({'user_id': self.anna.id, **vals})

    # proposals

    def test_three_red_periods_in_a_row_propose_help(self):
        self.quarters(50, 60, 70)
        note = self.propose()
        self.assertEqual((note.kind, note.user_id, note.leader_id, note.kpi_id.code, note.streak), ('help', self.anna, self.lea, 't_sales', 3))
        self.assertEqual((note.date_from, note.date_to), (date(2026, 1, 1), date(2026, 9, 30)))
        self.assertEqual(note.reason, "Sales was far from the target 3 periods in a row, last at 70 %.")

    def test_two_red_periods_propose_nothing(self):
        self.quarters(100, 60, 70)
        self.assertFalse(self.propose())

    def test_nearly_reached_breaks_the_row(self):
        self.quarters(50, 60, 85, 70)
        self.assertFalse(self.propose())

    def test_period_without_data_neither_counts_nor_breaks(self):
        self.quarters(50, None, 60, 70)
        self.assertEqual(self.propose().streak, 3)

    def test_length_of_the_row_is_a_setting(self):
        self.company.kam_streak = 2
        self.quarters(50, 60)
        self.assertEqual(self.propose().streak, 2)

    def test_running_period_does_not_count(self):
        self.set_today(date(2026, 9, 15))
        self.quarters(50, 60, 10)
        self.assertFalse(self.propose())

    def test_ten_runs_propose_once(self):
        self.quarters(50, 60, 70)
        for _run in range(10):
            self.propose()
        self.assertEqual(self.env['kam.coaching'].search_count([]), 1)

    def test_open_note_follows_the_row(self):
        self.quarters(50, 60, 70)
        note = self.propose()
        self.agreed('t_sales', self.anna, 100, 55, period='Q4')
        self.assertFalse(self.propose())
        self.assertEqual((note.streak, note.date_to), (4, date(2026, 12, 31)))

    def test_dismissed_note_does_not_come_back_for_the_same_periods(self):
        self.quarters(50, 60, 70)
        self.propose().with_user(self.lea).action_dismiss()
        self.assertFalse(self.propose())
        self.agreed('t_sales', self.anna, 100, 55, period='Q4')
        self.assertEqual(self.propose().streak, 4)

    def test_best_of_the_team_is_named_as_mentor(self):
        self.north.member_ids |= self.ben
        self.quarters(50, 60, 70)
        self.quarters(50, 60, 105, user=self.ben)
        self.assertEqual(self.propose().mentor_id, self.ben)

    def test_who_missed_it_too_is_no_mentor(self):
        self.north.member_ids |= self.ben
        self.quarters(50, 60, 70)
        self.quarters(100, 100, 99, user=self.ben)
        self.assertFalse(self.propose().mentor_id)

    def test_beaten_stretch_proposes_praise(self):
        self.quarters(130, stretch_value=120)
        note = self.propose()
        self.assertEqual((note.kind, note.reason), ('praise', "Sales went beyond the stretch target: 130 % of the target."))

    def test_reached_target_below_stretch_proposes_nothing(self):
        self.quarters(110, stretch_value=120)
        self.assertFalse(self.propose())

    def test_leader_is_told_once_and_reads_no_content_in_it(self):
        self.quarters(50, 60, 70)
        self.propose()
        self.agreed('t_calls', self.anna, 100, 130, stretch_value=120)
        self.propose()
        activity = self.lea.partner_id.activity_ids
        self.assertEqual((len(activity), activity.user_id, activity.summary), (1, self.lea, "Talks are proposed: see Coaching"))

    # the talk

    def test_agenda_is_prepared(self):
        self.quarters(50, 60, 70)
        lines = self.propose().agenda.splitlines()
        self.assertEqual(lines[0], "- Sales was far from the target 3 periods in a row, last at 70 %.")
        self.assertEqual(lines[-1], "- What is in the way, and what would help: training, time, somebody's advice?")

    def test_open_steps_are_carried_over(self):
        first = self.note(action_ids=[(0, 0, {'name': "Visit Alpha"}), (0, 0, {'name': "Call Beta", 'done': True})])
        first.action_done()
        second = self.note()
        self.assertEqual((second.action_ids.mapped('name'), second.action_ids.carried), (["Visit Alpha"], True))
        self.assertEqual(second.agenda, "- Open steps from last time: Visit Alpha")

    def test_meeting_is_private_neutral_and_a_week_ahead(self):
        self.lea.tz = 'Europe/Berlin'
        note = self.note()
        note.action_plan_meeting()
        event = note.event_id.sudo()
        self.assertEqual((event.name, event.privacy, event.start, event.stop), (
            "One-to-one", 'private', datetime(2027, 1, 27, 9), datetime(2027, 1, 27, 10)))
        self.assertEqual(event.partner_ids, (self.lea | self.anna).partner_id)
        self.assertEqual(note.state, 'planned')

    def test_no_meeting_on_a_weekend(self):
        self.set_today(date(2027, 1, 16))
        note = self.note()
        note.action_plan_meeting()
        self.assertEqual(note.event_id.sudo().start.date(), date(2027, 1, 25))

    def test_one_meeting_however_often_asked(self):
        note = self.note()
        first = note.action_plan_meeting()['res_id']
        self.assertEqual(note.action_plan_meeting()['res_id'], first)

    def test_badge_is_given_once(self):
        self.quarters(130, stretch_value=120)
        note = self.propose().with_user(self.lea)
        note.action_grant_badge()
        self.assertEqual(note.badge_user_id.sudo().user_id, self.anna)
        with self.assertRaisesRegex(UserError, "once"):
            note.action_grant_badge()

    def test_story_goes_to_the_team(self):
        self.quarters(130, stretch_value=120)
        note = self.propose().with_user(self.anna)
        with self.assertRaisesRegex(UserError, "Write first"):
            note.action_publish_story()
        note.story = "We asked their engineers first."
        note.action_publish_story()
        self.assertIn("We asked their engineers first.", self.north.message_ids[0].body)
        self.assertEqual(note.published_on, date(2027, 1, 20))

    def test_closed_talk_is_not_changed(self):
        note = self.note()
        note.action_done()
        with self.assertRaisesRegex(UserError, "talk is over"):
            note.agenda = "Other"

    # privacy

    def test_the_two_and_the_director_read_it(self):
        note = self.note(agenda="Secret")
        for user in (self.anna, self.lea, self.dora):
            with self.subTest(user=user.name):
                self.assertEqual(note.with_user(user).agenda, "Secret")

    def test_nobody_else_reads_it(self):
        note = self.note(agenda="Secret", action_ids=[(0, 0, {'name': "Step"})])
        for user in (self.ben, self.ole, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                note.with_user(user).read(['agenda'])
            with self.subTest(user=user.name, what="steps"), self.assertRaises(AccessError):
                note.action_ids.with_user(user).read(['name'])

    def test_leaders_own_notes_are_read_by_the_leader_alone(self):
        note = self.note()
        note.private_notes = "Thinks of leaving"
        self.assertEqual(note.private_notes, "Thinks of leaving")
        self.assertFalse(note.with_user(self.dora).private_notes)
        with self.assertRaises(AccessError):
            note.with_user(self.anna).private_notes = "Mine"
        with self.assertRaises(AccessError):
            note.with_user(self.dora).read(['private_words'])

    def test_account_manager_begins_no_note_and_changes_no_people(self):
        with self.assertRaises(AccessError):
            self.env['kam.coaching'].with_user(self.anna).create({'user_id': self.ben.id})
        with self.assertRaises(AccessError):
            self.note().with_user(self.anna).leader_id = self.ben

    def test_reasons_are_not_typed(self):
        with self.assertRaises(AccessError):
            self.note(streak=5)

    def test_no_messages_on_notes(self):
        self.assertNotIn('message_ids', self.env['kam.coaching']._fields)

    def test_closed_notes_are_deleted_after_their_time(self):
        note, open_note = self.note(), self.note()
        note.action_done()
        self.set_today(date(2029, 1, 20))
        self.env['kam.coaching']._cron_erase()
        self.assertTrue(note.exists())
        self.set_today(date(2029, 1, 21))
        self.env['kam.coaching']._cron_erase()
        self.assertEqual((note | open_note).exists(), open_note)
