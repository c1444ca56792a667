"""Numbers which may be missing, but never NaN or infinite."""
import math


def finite(value, name="value"):
    """Return ``value`` as a float, or ``None`` when there is no data.

    ``None`` and ``False`` (what a nullable field of Odoo holds when it is
    empty) both mean *no data*; 0 and 0.0 are real zeros.
    :raise ValueError: for NaN, an infinity, a number too large for a float,
        ``True`` or something that is no number
    """
    if value is None or value is False:
        return None
    if value is True:
        raise ValueError(f"{name} must be a number, not True")
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be a number, not {value!r}") from error
    if not math.isfinite(number):
        raise ValueError(f"{name} must be a finite number, not {value!r}")
    return number


def weight_of(value):
    """Return a weight: a finite number that is not negative.

    :raise ValueError: when it is missing, negative, NaN or infinite
    """
    weight = finite(value, "weight")
    if weight is None or weight < 0:
        raise ValueError(f"a weight must be 0 or more, not {value!r}")
    return weight


def weighted_mean(items):
    """Return ``(mean, coverage)`` of ``[(weight, value or None)]``.

    The weight of what has no data is shared out over the rest. ``coverage``
    is the part of the weight that has data, 0.0 for an empty list; ``mean``
    is ``None`` when nothing has data.
    """
    total = sum(weight for weight, _value in items)
    known = [(weight, value) for weight, value in items if value is not None]
    covered = sum(weight for weight, _value in known)
    if not covered:
        return None, 0.0
    return sum(weight * value for weight, value in known) / covered, covered / total
