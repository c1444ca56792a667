from odoo import fields, models


class KamFact(models.Model):
    """One measure, one account, one day (or one observation): what the documents add up to.

    Made equal to the documents, partition (account, month) by partition, by
    ``refresh`` and ``rebuild``; nobody writes here. ``partner_id`` is empty for
    what belongs to no account. ``amount`` is exact (numeric): money in the
    company's currency at the document's own rate.
    """

    _name = 'kam.fact'
    _description = "Fact"
    _order = 'date desc, id'
    _log_access = False

    measure_id = fields.Many2one('kam.measure', required=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', ondelete='cascade')
    partner_id = fields.Many2one('res.partner', "Account", ondelete='cascade')
    date = fields.Date(required=True)
    user_id = fields.Many2one('res.users', "Done by", ondelete='set null', index='btree_not_null')
    key = fields.Char()
    amount = fields.Float(digits=0)
    count = fields.Integer("Documents")

    def _drop_triggers(self):
        return
