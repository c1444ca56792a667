from odoo import fields, models

from ..fields import UncheckedMany2one


class KamFactCategory(models.Model):
    """Money by account, product category and day; for key accounts only, since it is many rows.

    ``categ_id`` is empty for lines without a product. Kept together with the
    account facts, partition by partition.
    """

    _name = 'kam.fact.category'
    _description = "Fact by Product Category"
    _order = 'date desc, id'
    _log_access = False

    measure_id = UncheckedMany2one('kam.measure', required=True, ondelete='cascade')
    company_id = UncheckedMany2one('res.company', required=True, ondelete='cascade')
    partner_id = UncheckedMany2one('res.partner', "Account", required=True, ondelete='cascade')
    categ_id = UncheckedMany2one('product.category', ondelete='cascade', index='btree_not_null')
    date = fields.Date(required=True)
    amount = fields.Float(digits=0)

    _partition_idx = models.Index('(partner_id, measure_id, date)')
