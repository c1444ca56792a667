from odoo.tests import BaseCase

from ..tools.whitespace import potential, state_of


class TestWhiteSpaceRules(BaseCase):

    def test_states(self):
        for now, before, state in ((10, 0, 'buys'), (0, 10, 'lapsed'), (0, 0, 'never'), (-5, 10, 'lapsed'), (0, -5, 'never')):
            with self.subTest(now=now, before=before):
                self.assertEqual(state_of(now, before), state)

    def test_median_of_those_who_buy(self):
        self.assertEqual(potential(0, [100, 0, 300, 200, -50]), (200, 3, 200))

    def test_what_is_bought_already_is_taken_off(self):
        self.assertEqual(potential(150, [100, 300, 200]), (50, 3, 200))

    def test_who_buys_more_has_no_potential_left(self):
        self.assertEqual(potential(500, [100, 300, 200]), (0.0, 3, 200))

    def test_credit_notes_do_not_enlarge_it(self):
        self.assertEqual(potential(-80, [100, 300, 200])[0], 200)

    def test_two_buyers_are_too_few(self):
        self.assertEqual(potential(0, [100, 300, 0]), (None, 2, None))
