"""Field types: floats which keep "no data" apart from zero, and references of rows that are many."""
from odoo import fields


class NullableFloat(fields.Float):
    """A float that may be empty: ``None`` in the database and in records.

    Odoo's own ``Float`` stores and reads "nothing" as 0.0, so that "no data"
    would be shown, sorted, compared and averaged as a zero. Here:

    * an empty value is NULL in the column and ``False`` in a record, on RPC
      and in exports (as an empty date is), so the web client shows a blank;
    * ``0.0`` is a real zero; write ``False`` or ``None`` for "no data";
    * domains such as ``('value', '<', 10)`` do not match empty values, and
      ``('value', '=', False)`` matches only empty ones.

    Test a record's value with ``is False``, never by its truth.
    """

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return '' if value is None or value is False else value


class UncheckedMany2one(fields.Many2one):
    """A reference which the database does not check, for tables that are written by the million.

    Checking the references of a fact takes as long as writing it. What a
    foreign key would do when the other record is deleted, a row trigger on the
    other table does (see ``kam.fact.trigger``).
    """

    def update_db_foreign_key(self, model, column):
        """No foreign key."""


def is_same(value, other):
    """Whether two values read from records are the same; unlike for Python, "no data" (False) is not 0.0."""
    return value == other and (value is False) == (other is False)
