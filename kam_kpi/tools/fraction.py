"""A formula written as one fraction, taken apart into scale, numerator and denominator.

>>> split('1000 * complaints / orders')
(1000.0, 'complaints', 'orders')
>>> split('(revenue - cost) / revenue * 100')
(100.0, 'revenue - cost', 'revenue')
>>> split('complaints') is None and split('a / b + c / d') is None
True
"""
import ast


def split(text):
    """Return (scale, numerator, denominator) of a fraction; None when it is not one, or holds another fraction.

    Only numbers at the ends become the scale, so that the fraction stays the same.
    """
    try:
        node = ast.parse((text or '').strip(), mode='eval').body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    scale, node = _number_out(node)
    if not _is(node, ast.Div):
        return None
    factor, above = _number_out(node.left)
    below = node.right
    if not scale * factor or _has_division(above) or _has_division(below) or isinstance(below, ast.Constant):
        return None
    return float(scale * factor), ast.unparse(above), ast.unparse(below)


def has_division(text):
    """Whether anything is divided in a formula."""
    try:
        return _has_division(ast.parse((text or '').strip(), mode='eval'))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False


def _is(node, operator):
    return isinstance(node, ast.BinOp) and isinstance(node.op, operator)


def _has_division(node):
    return any(_is(part, ast.Div) for part in ast.walk(node))


def _number_out(node):
    """Return (number, rest) of a product with a number at its beginning or end, also inside the first part of a fraction."""
    if _is(node, ast.Mult):
        for number, rest in ((node.left, node.right), (node.right, node.left)):
            if isinstance(number, ast.Constant) and isinstance(number.value, (int, float)) and not isinstance(number.value, bool):
                return number.value, rest
    return 1, node
