from odoo import api, fields, models

from ..fields import UncheckedMany2one


class KamFact(models.Model):
    """One measure, one account, one day (or one observation): what the documents add up to.

    Made equal to the documents, partition (account, month) by partition, by
    ``refresh`` and ``rebuild``; nobody writes here. ``partner_id`` is empty for
    what belongs to no account. ``amount`` is exact (numeric): money in the
    company's currency at the document's own rate.
    """

    _name = 'kam.fact'
    _inherit = ['kam.fact.trigger']
    _description = "Fact"
    _order = 'date desc, id'
    _log_access = False

    measure_id = UncheckedMany2one('kam.measure', required=True, ondelete='cascade')
    company_id = UncheckedMany2one('res.company', required=True, ondelete='cascade')
    partner_id = UncheckedMany2one('res.partner', "Account", ondelete='cascade')
    date = fields.Date(required=True)
    moment = fields.Datetime(help="When exactly, in UTC: the latest answer of a day is told by it.")
    user_id = UncheckedMany2one('res.users', "Done by", ondelete='set null', index='btree_not_null')
    key = fields.Char(help="Of an observation: equal keys are one contact, or answers of one person.")
    res_id = fields.Integer("Document")
    amount = fields.Float(digits=0)
    count = fields.Integer("Documents", help="How many document rows are in the amount.")

    _partition_idx = models.Index('(partner_id, measure_id, date)')
    _measure_idx = models.Index('(measure_id, date)')

    def init(self):
        super().init()
        # Once all tables and columns are there, those of other models included.
        self.pool.post_init(self._create_triggers)

    @api.model
    def _main_company_id(self):
        """The company of last resort, for what names none."""
        return self.env['res.company'].sudo().search([], order='id', limit=1).id  # the same for every user
