from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')
NOON = '2025-03-03 12:00:00'


@tagged('post_install', '-at_install')
class TestMeanAndEffort(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.people = cls.env['res.partner'].union(*(cls.contact(cls.alpha, f"Person {number}") for number in range(12)))

    def results(self, code):
        return self.measure(code, self.alpha, *YEAR)[self.alpha]

    def answers(self, question, values):
        for person, value in zip(self.people, values):
            self.answer(question, person, value, NOON)

    def test_mean_reference(self):
        [case] = vectors('kpis')['csat_mean']
        for value, times in case['input']['ratings'].items():
            for _number in range(times):
                self.rating(self.people[0], int(value), NOON)
        result = self.results('csat_mean')
        self.assertEqual((result['value'], result['numerator'], result['denominator']), (case['expected'], 107.0, 25.0))

    def test_mean_of_ratings_and_answers_pooled(self):
        self.answers(self.survey('csat', 1, 5), [1, 2, 3])
        for value in (5, 5):
            self.rating(self.people[0], value, NOON)
        self.assertEqual(self.results('csat_mean')['value'], 3.2)

    def test_mean_leaves_out_other_scales(self):
        self.answers(self.survey('csat', 1, 5), [1, 2, 3, 4, 5])
        self.answers(self.survey('csat', 0, 10, kam_satisfied_from=8), [10] * 6)
        self.assertEqual((self.results('csat_mean')['value'], self.results('csat_pct')['denominator']), (3.0, 11.0))

    def test_mean_of_numbers_which_have_to_lie_between_one_and_five(self):
        bound = {'question_type': 'numerical_box', 'validation_required': True, 'validation_min_float_value': 1}
        self.answers(self.survey('csat', 1, 5, validation_max_float_value=5, **bound), [4.5, 4.5, 4.5, 4.5, 4.5])
        self.answers(self.survey('csat', 1, 5, validation_max_float_value=10, **bound), [1, 1, 1, 1])
        self.assertEqual(self.results('csat_mean')['value'], 4.5)

    def test_latest_answer_of_each_person_counts(self):
        question = self.survey('csat', 1, 5)
        self.answers(question, [5, 5, 5, 5, 5])
        self.answer(question, self.people[0], 1, '2025-05-01 12:00:00')
        self.assertEqual((self.results('csat_mean')['value'], self.results('csat_mean')['denominator']), (4.2, 5.0))

    def test_four_answers_say_nothing(self):
        self.answers(self.survey('csat', 1, 5), [5, 5, 5, 5])
        self.answers(self.survey('ces', 1, 7), [7, 7, 7, 7])
        for code in ('csat_mean', 'ces_mean', 'ces_favourable_pct'):
            result = self.results(code)
            self.assertNoData(result, 'insufficient_sample')
            self.assertEqual(result['sample_size'], 4)

    def test_effort_reference(self):
        [mean], [share] = vectors('kpis')['ces_mean'], vectors('kpis')['ces_favourable_pct']
        self.answers(self.survey('ces', 1, 7), mean['input']['answers'])
        self.assertEqual((self.results('ces_mean')['value'], self.results('ces_favourable_pct')['value']), (mean['expected'], share['expected']))

    def test_effort_on_another_scale_does_not_count(self):
        self.answers(self.survey('ces', 1, 5), [1, 1, 1, 1, 1])
        self.assertNoData(self.results('ces_mean'), 'insufficient_sample')

    def test_skipped_and_test_answers_do_not_count(self):
        question = self.survey('ces', 1, 7)
        self.answers(question, [7, 7, 7, 7, 7, None, None])
        self.answer(question, self.people[8], 1, NOON, test_entry=True)
        self.answer(question, self.people[9], 1, NOON, done=False)
        self.assertEqual((self.results('ces_mean')['value'], self.results('ces_mean')['denominator']), (7.0, 5.0))

    def test_purpose_given_later(self):
        question = self.survey('csat', 1, 7)
        self.answers(question, [7, 6, 5, 4, 3])
        self.assertNoData(self.results('ces_mean'), 'insufficient_sample')
        question.kam_purpose = 'ces'
        self.assertEqual((self.results('ces_mean')['value'], self.results('ces_favourable_pct')['value']), (5.0, 60.0))

    def test_accounts_together_are_pooled(self):
        other = self.customer("Other", key=True)
        question = self.survey('ces', 1, 7)
        self.answers(question, [7, 7, 7, 7])
        self.answer(question, other, 2, NOON)
        self.assertEqual(self.total('ces_mean', self.alpha | other, *YEAR)['value'], 6.0)
