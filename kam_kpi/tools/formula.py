"""The closed language of KPI formulas.

A formula combines measures by arithmetic, comparison and choice. It is read by
Python's own parser, checked node by node against a short list and kept as a
tree; it is never evaluated as code.

======================  =====================================================
``revenue``             the measure over the KPI's window
``prior(x)``            the same over the window of equal length just before
``last_year(x)``        both bounds twelve months back
``before(x)``           everything before the window
``account(x)``          at category grain: the account's total
``company(x)``          the total of the whole company
``active(x)``           1 if x > 0, else 0
``min(x, y, …)``        also ``max``
``months``              length of the window in months
``accounts``            1 for each account
``x if c else y``       choice; ``+ - * /``, comparisons, ``and or not``
======================  =====================================================

>>> sorted(t.measure for t in terms(parse("revenue - prior(revenue)")))
['revenue', 'revenue']
>>> evaluate(parse("a / b"), {Term('a'): 1, Term('b'): 0}.get) is None
True
"""
import ast
import operator as op
from functools import lru_cache
from typing import NamedTuple

SHIFTS = ('prior', 'last_year', 'before')
LEVELS = ('account', 'company')
BUILTINS = ('months', 'accounts')
RESERVED = frozenset(SHIFTS + LEVELS + BUILTINS + ('active', 'min', 'max', 'and', 'or', 'not', 'if', 'else'))
MAX_LENGTH = 1000

ARITHMETIC = {ast.Add: '+', ast.Sub: '-', ast.Mult: '*', ast.Div: '/'}
COMPARISONS = {ast.Lt: '<', ast.LtE: '<=', ast.Gt: '>', ast.GtE: '>=', ast.Eq: '=', ast.NotEq: '<>'}
BOOLEANS = {ast.And: 'and', ast.Or: 'or'}
OPERATIONS = {'+': op.add, '-': op.sub, '*': op.mul, '/': op.truediv}


class FormulaError(ValueError):
    """A formula that is not understood: ``kind`` says how, ``word`` which bit."""

    def __init__(self, kind, word=''):
        super().__init__(f'{kind}: {word}')
        self.kind = kind
        self.word = word


class Number(NamedTuple):
    value: float


class Builtin(NamedTuple):
    name: str


class Term(NamedTuple):
    """A measure over a window: ``shift`` moves the window, ``level`` widens who is summed."""
    measure: str
    shift: str = ''
    level: str = ''


class Arithmetic(NamedTuple):
    operator: str
    left: tuple
    right: tuple


class Comparison(NamedTuple):
    operator: str
    left: tuple
    right: tuple


class Boolean(NamedTuple):
    operator: str  # and, or, not
    operands: tuple


class Choice(NamedTuple):
    condition: tuple
    yes: tuple
    no: tuple


class Extreme(NamedTuple):
    operator: str  # min, max
    operands: tuple


@lru_cache(maxsize=4096)
def parse(text):
    """Return the tree of a formula; raise :class:`FormulaError` naming what is wrong."""
    text = (text or '').strip()
    if not text:
        raise FormulaError('empty')
    if len(text) > MAX_LENGTH:
        raise FormulaError('too_long', str(len(text)))
    try:
        tree = ast.parse(text, mode='eval')
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError('syntax', getattr(error, 'text', None) and error.text.strip() or text) from error
    return _Reader(text).read(tree.body)


class _Reader:
    """Turns Python's syntax tree into ours, refusing all that is not in the language."""

    def __init__(self, text):
        self.text = text

    def word(self, node):
        return ast.get_source_segment(self.text, node) or self.text

    def read(self, node, shift='', level=''):
        method = getattr(self, f'read_{type(node).__name__}', None)
        if method is None:
            raise FormulaError('not_allowed', self.word(node))
        return method(node, shift, level)

    def read_Constant(self, node, shift, level):
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)) or abs(node.value) > 1e15:
            raise FormulaError('not_allowed', self.word(node))
        return Number(node.value)

    def read_Name(self, node, shift, level):
        if node.id in BUILTINS:
            return Builtin(node.id)
        if node.id in RESERVED:
            raise FormulaError('needs_brackets', node.id)
        return Term(node.id, shift, level)

    def read_UnaryOp(self, node, shift, level):
        operand = self.read(node.operand, shift, level)
        if isinstance(node.op, ast.USub):
            return Arithmetic('-', Number(0), operand)
        if isinstance(node.op, ast.UAdd):
            return operand
        if isinstance(node.op, ast.Not):
            return Boolean('not', (operand,))
        raise FormulaError('not_allowed', self.word(node))

    def read_BinOp(self, node, shift, level):
        if type(node.op) not in ARITHMETIC:
            raise FormulaError('not_allowed', self.word(node))
        return Arithmetic(ARITHMETIC[type(node.op)], self.read(node.left, shift, level), self.read(node.right, shift, level))

    def read_Compare(self, node, shift, level):
        if len(node.ops) != 1 or type(node.ops[0]) not in COMPARISONS:
            raise FormulaError('not_allowed', self.word(node))
        return Comparison(COMPARISONS[type(node.ops[0])], self.read(node.left, shift, level), self.read(node.comparators[0], shift, level))

    def read_BoolOp(self, node, shift, level):
        return Boolean(BOOLEANS[type(node.op)], tuple(self.read(value, shift, level) for value in node.values))

    def read_IfExp(self, node, shift, level):
        return Choice(self.read(node.test, shift, level), self.read(node.body, shift, level), self.read(node.orelse, shift, level))

    def read_Call(self, node, shift, level):
        name = node.func.id if isinstance(node.func, ast.Name) else ''
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            raise FormulaError('not_allowed', self.word(node))
        if name in ('min', 'max'):
            if len(node.args) < 2:
                raise FormulaError('arguments', name)
            return Extreme(name, tuple(self.read(arg, shift, level) for arg in node.args))
        if name not in SHIFTS + LEVELS + ('active',):
            raise FormulaError('unknown_function', name or self.word(node))
        if len(node.args) != 1:
            raise FormulaError('arguments', name)
        if name == 'active':
            return Choice(Comparison('>', self.read(node.args[0], shift, level), Number(0)), Number(1), Number(0))
        if name in SHIFTS:
            if shift:
                raise FormulaError('nested', name)
            return self.read(node.args[0], name, level)
        if level:
            raise FormulaError('nested', name)
        return self.read(node.args[0], shift, name)


def walk(tree):
    """Yield a tree's nodes, itself first."""
    yield tree
    for part in tree:
        for child in part if isinstance(part, tuple) and not hasattr(part, '_fields') else (part,):
            if hasattr(child, '_fields'):
                yield from walk(child)


def terms(tree):
    """Return the list of a tree's terms, in order of appearance."""
    return [node for node in walk(tree) if isinstance(node, Term)]


def evaluate(tree, value_of, half_rounding=0.005):
    """Evaluate a tree in plain Python; ``None`` is the unknown, as in SQL.

    :param value_of: function from :class:`Term` or :class:`Builtin` to number or None
    :param half_rounding: what counts as zero in comparisons with a literal 0
    """
    def value(node):
        match node:
            case Number(number):
                return number
            case Term() | Builtin():
                return value_of(node)
            case Arithmetic(operator, left, right):
                return _calculate(operator, value(left), value(right))
            case Comparison(operator, left, right):
                return _compare(operator, value(left), value(right), half_rounding if right == Number(0) else 0)
            case Boolean('not', (operand,)):
                known = value(operand)
                return None if known is None else not known
            case Boolean(operator, operands):
                return _combine(operator, [value(operand) for operand in operands])
            case Choice(condition, yes, no):
                return value(yes) if value(condition) else value(no)
            case Extreme(operator, operands):
                known = [number for number in map(value, operands) if number is not None]
                return {'min': min, 'max': max}[operator](known) if known else None
        raise TypeError(node)
    return value(tree)


def _calculate(operator, left, right):
    if left is None or right is None or (operator == '/' and right == 0):
        return None
    return OPERATIONS[operator](left, right)


def _compare(operator, left, right, half):
    if left is None or right is None:
        return None
    gap = left - right
    return {
        '<': gap <= -half if half else gap < 0,
        '<=': gap < half if half else gap <= 0,
        '>': gap >= half if half else gap > 0,
        '>=': gap > -half if half else gap >= 0,
        '=': abs(gap) < half if half else gap == 0,
        '<>': abs(gap) >= half if half else gap != 0,
    }[operator]


def _combine(operator, values):
    """Three-valued ``and`` / ``or``, as SQL has it."""
    decisive = operator == 'or'
    if any(value is not None and bool(value) == decisive for value in values):
        return decisive
    return None if None in values else not decisive
