from odoo import api, fields, models
from odoo.exceptions import UserError

FOLLOW_UP = {'done', 'date_done'}


class KamReviewAction(models.Model):
    """A next step agreed in a review: what, by whom of either side, by when.

    The open ones of the previous review come first in the next one, with the
    day they were first agreed. Once the review is signed only their being done
    is recorded; the printed review keeps them as they were signed.
    """

    _name = 'kam.review.action'
    _description = "Next Step of a Review"
    _order = 'carried desc, deadline, id'

    review_id = fields.Many2one('kam.review', required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one(related='review_id.company_id', store=True)
    name = fields.Char("Next step", required=True)
    side = fields.Selection([('us', "We"), ('customer', "Customer")], required=True, default='us', string="Who")
    user_id = fields.Many2one('res.users', "Our owner", ondelete='restrict', index='btree_not_null')
    contact_id = fields.Many2one('res.partner', "Customer's owner", ondelete='set null', index='btree_not_null')
    owner_name = fields.Char("Owner", compute='_compute_owner_name')
    deadline = fields.Date()
    internal = fields.Boolean(help="Not printed in the customer's edition.")
    done = fields.Boolean()
    date_done = fields.Date("Done on", compute='_compute_date_done', store=True, readonly=False)
    carried = fields.Boolean("From the last review", readonly=True)
    date_agreed = fields.Date("First agreed", default=fields.Date.context_today, readonly=True)

    @api.depends('side', 'user_id', 'contact_id')
    def _compute_owner_name(self):
        for action in self:
            owner = action.user_id if action.side == 'us' else action.contact_id
            action.owner_name = owner.name or dict(action._fields['side']._description_selection(self.env))[action.side]

    @api.depends('done')
    def _compute_date_done(self):
        for action in self:
            action.date_done = action.done and (action.date_done or fields.Date.context_today(action))

    @api.model_create_multi
    def create(self, vals_list):
        reviews = self.env['kam.review'].browse([vals['review_id'] for vals in vals_list if vals.get('review_id')])
        reviews._check_open()
        reviews._check_unsigned()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - FOLLOW_UP:
            self.review_id._check_open()
            self.review_id._check_unsigned()
        if 'review_id' in vals and any(action.review_id.id != vals['review_id'] for action in self):
            raise UserError(self.env._("A next step stays in the review in which it was agreed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.review_id._check_open()
        self.review_id._check_unsigned()
