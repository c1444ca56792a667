from random import Random

from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import SQL

from ..models.kam_formula_sql import compile_formula
from ..tools.formula import (
    Arithmetic,
    Boolean,
    Builtin,
    Choice,
    Comparison,
    Extreme,
    FormulaError,
    Number,
    Term,
    evaluate,
    parse,
    terms,
)


@tagged('post_install', '-at_install')
class TestFormulaLanguage(BaseCase):

    def value(self, text, **known):
        return evaluate(parse(text), lambda node: known.get(node.measure if isinstance(node, Term) else node.name))

    def refused(self, text, kind, word=None):
        with self.assertRaises(FormulaError) as caught:
            parse(text)
        self.assertEqual(caught.exception.kind, kind, text)
        if word is not None:
            self.assertEqual(caught.exception.word, word)

    def test_arithmetic(self):
        self.assertEqual(self.value('(a + 2 * b - 3) / c', a=5, b=4, c=2), 5)

    def test_division_by_zero_is_unknown(self):
        self.assertIsNone(self.value('a / b', a=1, b=0))
        self.assertIsNone(self.value('1 + a / b', a=1, b=0))

    def test_choice_and_comparison(self):
        self.assertEqual(self.value('a if a > b else b', a=3, b=7), 7)
        self.assertEqual(self.value('1 if not a or b >= 2 and a <= 3 else 0', a=3, b=2), 1)

    def test_half_a_cent_is_nothing(self):
        self.assertEqual([self.value('active(a)', a=amount) for amount in (0.004, 0.005, -1)], [0, 1, 0])
        self.assertEqual(self.value('1 if a == 0 else 0', a=0.1 + 0.2 - 0.3), 1)

    def test_smallest_and_largest_ignore_the_unknown(self):
        self.assertEqual(self.value('min(a, b, c)', a=None, b=2, c=1), 1)
        self.assertIsNone(self.value('max(a, b)', a=None, b=None))

    def test_windows_and_levels(self):
        self.assertEqual(
            terms(parse('revenue - prior(revenue) + account(last_year(revenue)) + before(company(orders))')),
            [Term('revenue'), Term('revenue', 'prior'), Term('revenue', 'last_year', 'account'), Term('orders', 'before', 'company')])

    def test_shift_applies_to_all_inside(self):
        self.assertEqual(terms(parse('prior(a - b)')), [Term('a', 'prior'), Term('b', 'prior')])

    def test_what_is_no_formula(self):
        for text, kind in (
            ('', 'empty'), ('   ', 'empty'), ('a +', 'syntax'), ('(a', 'syntax'), ('a b', 'syntax'), ('a = 1', 'syntax'),
            ('1' + '+1' * 600, 'too_long'), ('a ** 2', 'not_allowed'), ('a % 2', 'not_allowed'), ('a // 2', 'not_allowed'),
            ('a.b', 'not_allowed'), ('a[0]', 'not_allowed'), ('[a]', 'not_allowed'), ('{1}', 'not_allowed'), ("'a'", 'not_allowed'),
            ('True', 'not_allowed'), ('None', 'not_allowed'), ('1 < a < 2', 'not_allowed'), ('a is b', 'not_allowed'), ('a in b', 'not_allowed'),
            ('lambda: 1', 'not_allowed'), ('(a for a in b)', 'not_allowed'), ('a := 1', 'syntax'), ('1j', 'not_allowed'), ('1e16', 'not_allowed'),
            ('1e400', 'not_allowed'), ('~a', 'not_allowed'), ('f"{a}"', 'not_allowed'), ('prior', 'needs_brackets'), ('min', 'needs_brackets'),
            ('median(a)', 'unknown_function'), ('__import__("os")', 'unknown_function'), ('a.b(c)', 'unknown_function'),
            ('prior(a, b)', 'arguments'), ('prior()', 'arguments'), ('min(a)', 'arguments'), ('prior(prior(a))', 'nested'),
            ('prior(last_year(a))', 'nested'), ('account(company(a))', 'nested'), ('min(*a)', 'not_allowed'), ('prior(a=1)', 'not_allowed'),
        ):
            with self.subTest(formula=text[:40]):
                self.refused(text, kind)

    def test_error_names_the_word(self):
        self.refused('revenue + sqrt(orders)', 'unknown_function', 'sqrt')
        self.refused('revenue ** 2 + 1', 'not_allowed', 'revenue ** 2')


@tagged('post_install', '-at_install')
class TestFormulaInSql(TransactionCase):
    """Python and PostgreSQL agree on every formula: same numbers, same unknowns, same zeros."""

    VALUES = (None, 0, 0.004, 0.005, -0.005, 0.01, 1, -1, 2.5, -100, 12345.67)
    NAMES = ('a', 'b', 'c')

    def number(self, random, depth):
        if depth <= 0 or random.random() < 0.15:
            return random.choice([Term(random.choice(self.NAMES)), Term(random.choice(self.NAMES)), Builtin('months'), Number(random.choice([0, 1, 2.5, 100]))])
        kind = random.randrange(4)
        if kind == 0:
            return Choice(self.truth(random, depth - 1), self.number(random, depth - 1), self.number(random, depth - 1))
        if kind == 1:
            return Extreme(random.choice(['min', 'max']), tuple(self.number(random, depth - 1) for _operand in range(random.randint(2, 3))))
        return Arithmetic(random.choice('+-*/'), self.number(random, depth - 1), self.number(random, depth - 1))

    def truth(self, random, depth):
        if depth > 0 and random.random() < 0.3:
            operator = random.choice(['and', 'or', 'not'])
            return Boolean(operator, tuple(self.truth(random, depth - 1) for _operand in range(1 if operator == 'not' else 2)))
        if random.random() < 0.1:
            return self.number(random, 0)
        right = Number(0) if random.random() < 0.5 else self.number(random, depth - 1)
        return Comparison(random.choice(['<', '<=', '>', '>=', '=', '<>']), self.number(random, depth - 1), right)

    def test_random_formulas(self):
        random = Random(19)
        trees = [self.number(random, 4) for _tree in range(400)]
        for _round in range(5):
            known = {name: random.choice(self.VALUES) for name in self.NAMES} | {'months': 3}
            trees_sql = [compile_formula(tree, lambda node: SQL("%s::numeric", known[self.name(node)]), 0.005) for tree in trees]
            for start in range(0, len(trees), 100):
                [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(
                    SQL("(%s)::float8", tree) for tree in trees_sql[start:start + 100])))
                for tree, in_sql in zip(trees[start:start + 100], row):
                    in_python = evaluate(tree, lambda node: known[self.name(node)])
                    self.assertTrue(self.same(in_python, in_sql), f"{tree} with {known}: {in_python} in Python, {in_sql} in SQL")

    def name(self, node):
        return node.measure if isinstance(node, Term) else node.name

    def same(self, left, right):
        if left is None or right is None:
            return left is right
        return abs(left - right) <= 1e-6 * max(1, abs(left))
