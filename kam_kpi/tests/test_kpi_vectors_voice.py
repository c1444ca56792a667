from odoo.tests import tagged

from .documents import DocumentsCase

YEAR = ('2025-01-01', '2026-01-01')
NOON = '2025-03-03 12:00:00'


@tagged('post_install', '-at_install')
class TestSatisfaction(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.jane, cls.jim = cls.contact(cls.alpha, "Jane"), cls.contact(cls.alpha, "Jim")

    def rate(self, values, when=NOON, partner=None, **vals):
        return [self.rating(partner or self.jane, value, when, **vals) for value in values]

    def csat(self, *period):
        return self.measure('csat_pct', self.alpha, *(period or YEAR))[self.alpha]

    def test_reference_ratings(self):
        self.rate([5] * 18 + [3] * 5 + [1] * 2)
        result = self.csat()
        self.assertEqual((result['value'], result['numerator'], result['denominator'], result['sample_size']), (72.0, 18.0, 25.0, 25))

    def test_three_answers_say_nothing(self):
        self.rate([5, 5, 1])
        result = self.csat()
        self.assertNoData(result, 'insufficient_sample')
        self.assertEqual(result['sample_size'], 3)

    def test_no_answers_are_no_data(self):
        self.assertNoData(self.csat(), 'insufficient_sample')

    def test_five_answers_are_enough(self):
        self.rate([5, 4, 3, 2, 1])
        self.assertEqual(self.csat()['value'], 40.0)

    def test_rating_asked_for_and_not_given_does_not_count(self):
        self.rate([5, 5, 5, 5, 1])
        self.rate([0, 0, 0], consumed=False)
        self.rate([0], consumed=True)
        self.assertEqual(self.csat()['value'], 80.0)

    def test_ratings_of_products_do_not_count(self):
        self.rate([5, 5, 5, 5, 1])
        self.rate([1, 1], model='product.template', document=self.sensor.product_tmpl_id)
        self.assertEqual(self.csat()['value'], 80.0)

    def test_ratings_count_on_the_day_they_were_given(self):
        self.rate([5] * 5, '2024-12-31 23:59:59')
        self.rate([1] * 5, '2025-01-01 00:00:00')
        self.assertEqual(self.csat()['value'], 0.0)

    def test_ratings_of_whoever_belongs_to_the_account_now(self):
        other = self.customer("Other")
        self.rate([5, 5, 5, 5, 1])
        self.refresh()
        self.jane.parent_id = other
        self.assertNoData(self.csat(), 'insufficient_sample')
        self.assertEqual(self.value('csat_pct', other, *YEAR), 80.0)

    def test_archived_contacts_count(self):
        self.rate([5, 5, 5, 5, 1])
        self.jane.active = False
        self.assertEqual(self.csat()['value'], 80.0)

    def test_survey_answers_and_ratings_are_pooled(self):
        question = self.survey('csat', 1, 5)
        self.answer(question, self.jane, 4, NOON)
        self.answer(question, self.jim, 3, NOON)
        self.rate([5, 5, 1])
        result = self.csat()
        self.assertEqual((result['value'], result['denominator']), (60.0, 5.0))

    def test_latest_answer_to_a_question_counts(self):
        question, other = self.survey('csat', 1, 5), self.survey('csat', 1, 5)
        self.answer(question, self.jane, 1, '2025-03-01 12:00:00')
        self.answer(question, self.jane, 5, '2025-03-02 12:00:00')
        self.answer(other, self.jane, 4, '2025-02-02 12:00:00')
        self.rate([5, 5, 1])
        self.assertEqual((self.csat()['numerator'], self.csat()['denominator']), (4.0, 5.0))
        self.assertEqual(self.total('csat_pct', self.alpha, '2025-03-01', '2025-03-02')['numerator'], 0.0)

    def test_satisfied_from_another_mark(self):
        question = self.survey('csat', 0, 10, kam_satisfied_from=8)
        for name, value in (("A", 8), ("B", 10), ("C", 7), ("D", 0), ("E", 9)):
            self.answer(question, self.contact(self.alpha, name), value, NOON)
        self.assertEqual(self.csat()['value'], 60.0)

    def test_number_box_counts(self):
        question = self.survey('csat', question_type='numerical_box')
        for name, value in (("A", 4), ("B", 5), ("C", 3), ("D", 1), ("E", 5)):
            self.answer(question, self.contact(self.alpha, name), value, NOON)
        self.assertEqual(self.csat()['value'], 60.0)

    def test_skipped_unfinished_and_test_answers_do_not_count(self):
        question = self.survey('csat', 1, 5)
        self.rate([5, 5, 5, 5, 1])
        self.answer(question, self.jane, None, NOON)
        self.answer(question, self.jim, 1, NOON, done=False)
        self.answer(question, self.jim, 1, NOON, test_entry=True)
        self.assertEqual(self.csat()['denominator'], 5.0)


@tagged('post_install', '-at_install')
class TestNetPromoterScore(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.question = cls.survey(cls())

    def answers(self, scores, when=NOON, account=None):
        people = self.env['res.partner'].create([
            {'name': f"Contact {number}", 'parent_id': (account or self.alpha).id, 'company_id': self.company.id} for number in range(len(scores))])
        for person, score in zip(people, scores):
            self.answer(self.question, person, score, when)
        return people

    def nps(self, *period):
        return self.measure('nps', self.alpha, *(period or YEAR))[self.alpha]

    def test_reference_score_and_its_margin(self):
        self.answers([10] * 22 + [7] * 10 + [0] * 8)
        self.assertEqual(self.nps()['value'], 35.0)
        kpi = self.env['kam.kpi'].search([('code', '=', 'nps')])
        start, stop = (kpi._fields['next_review'].to_date(day) for day in YEAR)
        [outcome] = kpi._outcomes({0: self.alpha.ids}, start, stop).values()
        self.assertAlmostEqual(outcome['margin'], 23.658839, 6)
        self.assertEqual(outcome['flags'], [])

    def test_all_detractors(self):
        self.answers([0] * 6)
        self.assertEqual(self.nps()['value'], -100.0)

    def test_three_answers_say_nothing(self):
        self.answers([10, 9, 0])
        self.assertNoData(self.nps(), 'insufficient_sample')
        self.assertEqual(self.nps()['sample_size'], 3)

    def test_small_samples_are_flagged(self):
        self.answers([10, 9, 8, 7, 6])
        kpi = self.env['kam.kpi'].search([('code', '=', 'nps')])
        self.refresh()
        [outcome] = kpi._outcomes({0: self.alpha.ids}, *(kpi._fields['next_review'].to_date(day) for day in YEAR)).values()
        self.assertEqual((outcome['value'], outcome['flags']), (20.0, ['low_sample']))

    def test_bounds_of_the_groups(self):
        self.answers([10, 9, 8, 7, 6, 0])
        result = self.nps()
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (0.0, 6.0, 0.0))

    def test_skipped_is_no_detractor_and_zero_is_one(self):
        self.answers([10, 10, 10, 10, None, None])
        self.assertNoData(self.nps(), 'insufficient_sample')
        self.answers([0])
        self.assertEqual((self.nps()['numerator'], self.nps()['denominator']), (3.0, 5.0))

    def test_latest_answer_of_a_contact_in_the_window(self):
        people = self.answers([0] * 5, '2025-01-10 12:00:00')
        for person in people:
            self.answer(self.question, person, 10, '2025-02-10 12:00:00')
        self.assertEqual(self.nps()['value'], 100.0)
        self.assertEqual(self.nps('2025-01-01', '2025-02-01')['value'], -100.0)

    def test_latest_of_two_surveys(self):
        again = self.survey()
        people = self.answers([10] * 5, '2025-02-10 12:00:00')
        self.answer(again, people[0], 0, '2025-02-10 13:00:00')
        self.answer(again, people[1], 0, '2025-02-10 11:00:00')
        self.assertEqual((self.nps()['denominator'], self.nps()['value']), (5.0, 60.0))

    def test_answers_of_strangers_belong_to_no_account(self):
        self.answers([10] * 5)
        self.answer(self.question, None, 0, NOON)
        self.assertEqual(self.nps()['denominator'], 5.0)

    def test_another_scale_is_no_promoter_score(self):
        self.answers([10] * 5)
        wrong = self.survey('nps', 1, 5)
        self.answer(wrong, self.contact(self.alpha, "Zed"), 1, NOON)
        self.assertEqual(self.nps()['denominator'], 5.0)

    def test_score_of_accounts_together_pools_the_answers(self):
        beta = self.customer("Beta")
        self.answers([10, 10, 10, 10, 0])
        self.answers([0, 0, 0, 7, 7, 7, 7, 7, 7, 7], account=beta)
        self.assertAlmostEqual(self.total('nps', self.alpha | beta, *YEAR)['value'], 0.0)
        self.assertEqual(self.total('nps', self.alpha | beta, *YEAR)['denominator'], 15.0)

    def test_accounts_with_few_answers_each_are_enough_together(self):
        beta = self.customer("Beta")
        self.answers([10, 10, 10])
        self.answers([0, 10], account=beta)
        self.assertEqual(self.total('nps', self.alpha | beta, *YEAR)['value'], 60.0)

    def test_purpose_given_later_brings_the_answers_in(self):
        self.question.kam_purpose = False
        self.answers([10] * 5)
        self.assertNoData(self.nps(), 'insufficient_sample')
        self.question.kam_purpose = 'nps'
        self.assertEqual(self.nps()['value'], 100.0)

    def test_answer_near_midnight_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.answers([10] * 5, '2025-03-31 21:59:59')
        self.answers([0] * 5, '2025-03-31 22:00:00')
        self.assertEqual(self.nps('2025-01-01', '2025-04-01')['value'], 100.0)
        self.assertEqual(self.nps('2025-04-01', '2025-07-01')['value'], 0.0)

    def test_answers_of_the_last_twelve_months_count(self):
        self.answers([10] * 5, '2024-03-31 12:00:00')
        self.answers([0] * 5, '2024-04-01 12:00:00')
        self.assertEqual(self.nps('2025-01-01', '2025-04-01')['value'], -100.0)
