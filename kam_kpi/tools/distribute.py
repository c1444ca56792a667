"""Sharing out an amount so that nothing is lost to rounding."""
from decimal import Decimal

from .finite import finite, weight_of


def distribute(total, weights, step=0.01):
    """Return one part of ``total`` for each weight, each a multiple of ``step``, together exactly the rounded total.

    What rounding leaves goes to the parts which lost most by it, the first
    ones among equals.

    >>> distribute(100, [1, 1, 1], 1)
    [34.0, 33.0, 33.0]
    >>> distribute(100, [0, 0], 1)
    [0.0, 0.0]

    :raise ValueError: for a negative weight, a step that is not above 0, NaN or infinite numbers
    """
    weights = [Decimal(str(weight_of(weight))) for weight in weights]
    step = Decimal(str(finite(step, "step")))
    if step <= 0:
        raise ValueError("the step must be above 0")
    whole = sum(weights)
    if not whole:
        return [0.0] * len(weights)
    amount = Decimal(str(finite(total, "total")))
    sign = -1 if amount < 0 else 1
    units = int((abs(amount) / step).to_integral_value())
    exact = [units * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_loss = sorted(range(len(parts)), key=lambda number: (parts[number] - exact[number], number))
    for number in by_loss[:units - sum(parts)]:
        parts[number] += 1
    return [float(sign * part * step) for part in parts]
