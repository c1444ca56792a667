from odoo import fields, models


class KamFactQueue(models.Model):
    """Partitions whose documents changed: written by row triggers, emptied by the refresh.

    Append-only and without any key but its own, so that nobody who saves a
    document ever waits for another. A row names an account (``partner_id``, as
    the document had it), or a document to look the account up from
    (``ref_model``, ``ref_id``), or everything; without ``month`` all months.
    Plain numbers, no foreign keys: what they point at may be gone already.
    """

    _name = 'kam.fact.queue'
    _description = "Changed Partition"
    _log_access = False
    _order = 'id'

    source = fields.Char(help="Whose facts are touched; empty: all.")
    partner_id = fields.Integer()
    month = fields.Date()
    ref_model = fields.Char()
    ref_id = fields.Integer()
    everything = fields.Boolean()
    queued_at = fields.Datetime()
