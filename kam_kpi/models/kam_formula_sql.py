"""Formula trees as SQL expressions."""
from odoo.tools import SQL

from ..tools.formula import Arithmetic, Boolean, Builtin, Choice, Comparison, Extreme, Number, Term

ZERO = Number(0)
OPERATORS = {op: SQL(op) for op in ('+', '-', '*', '<', '<=', '>', '>=', '=', '<>')}


def compile_formula(tree, resolve, half_rounding):
    """Return the SQL of a tree.

    :param resolve: function from :class:`Term` or :class:`Builtin` to the SQL of its value
    :param float half_rounding: half the currency's rounding: what is nearer to a literal 0 than that is zero
    """
    def sql(node):
        match node:
            case Number(value):
                return SQL("%s::numeric", value)
            case Term() | Builtin():
                return resolve(node)
            case Arithmetic('/', left, right):
                return SQL("(%s / NULLIF(%s, 0))", sql(left), sql(right))
            case Arithmetic(operator, left, right):
                return SQL("(%s %s %s)", sql(left), OPERATORS[operator], sql(right))
            case Comparison(operator, left, right):
                if right == ZERO:
                    return _compare_with_zero(operator, sql(left), half_rounding)
                return SQL("(%s %s %s)", sql(left), OPERATORS[operator], sql(right))
            case Boolean('not', (operand,)):
                return SQL("(NOT %s)", _truth(operand))
            case Boolean(operator, operands):
                return SQL("(%s)", SQL(f" {operator.upper()} ").join(_truth(operand) for operand in operands))
            case Choice(condition, yes, no):
                return SQL("CASE WHEN %s THEN %s ELSE %s END", _truth(condition), sql(yes), sql(no))
            case Extreme(operator, operands):
                return SQL("%s(%s)", SQL('LEAST' if operator == 'min' else 'GREATEST'), SQL(", ").join(map(sql, operands)))
        raise TypeError(node)

    def _truth(node):
        """A condition as it is; a number is true when it is not zero."""
        return sql(node) if isinstance(node, (Comparison, Boolean)) else SQL("(%s <> 0)", sql(node))

    return sql(tree)


def _compare_with_zero(operator, value, half):
    return {
        '<': SQL("(%s <= -%s::numeric)", value, half),
        '<=': SQL("(%s < %s::numeric)", value, half),
        '>': SQL("(%s >= %s::numeric)", value, half),
        '>=': SQL("(%s > -%s::numeric)", value, half),
        '=': SQL("(ABS(%s) < %s::numeric)", value, half),
        '<>': SQL("(ABS(%s) >= %s::numeric)", value, half),
    }[operator]
