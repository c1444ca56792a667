from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

LONGEST_MONTHS = 12


class KamShare(models.Model):
    """What of a plan or a review some people of the account may see when they log in, and until when.

    What goes out is written down when it is published (``content``), named
    part by part: nothing is shown that is not named. It shows until
    ``date_until``, the last day, or until it is revoked; and only to people
    who belong to the account then.
    """

    _name = 'kam.share'
    _description = "Shared with the Customer"
    _order = 'id desc'

    partner_id = fields.Many2one(
        'res.partner', "Account", compute='_compute_subject', store=True, precompute=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', compute='_compute_subject', store=True, precompute=True, index=True)
    plan_id = fields.Many2one('kam.plan', "Plan", ondelete='cascade', index='btree_not_null')
    review_id = fields.Many2one('kam.review', "Review", ondelete='cascade', index='btree_not_null')
    contact_ids = fields.Many2many(
        'res.partner', 'kam_share_contact_rel', 'share_id', 'contact_id', "With", required=True,
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]")
    date_until = fields.Date(
        "Until", required=True, default=lambda self: fields.Date.add(self.env.company._kam_today(), months=6), help="The last day on which they see it.")
    show_goals = fields.Boolean("Their goals", default=True, help="The customer's goals in the plan and how far they are.")
    show_objectives = fields.Boolean("Shared objectives", default=True, help="Those objectives of the plan that are marked for the customer.")
    show_actions = fields.Boolean("Shared actions", default=True, help="Those actions of the plan that are marked for the customer.")
    show_communication = fields.Boolean("Meetings and reports", help="The communications to the customer, with their days.")
    show_value = fields.Boolean("What they gain", help="The text of the plan's blueprint about what the customer gains.")
    may_tick = fields.Boolean("May report actions as done", default=True)
    may_comment = fields.Boolean("May comment", default=True)
    content = fields.Json(readonly=True, copy=False, help="What was published, by language.")
    published_on = fields.Datetime("Published", readonly=True, copy=False)
    revoked_on = fields.Datetime("Revoked", readonly=True, copy=False)
    revoked_by_id = fields.Many2one('res.users', "Revoked by", readonly=True, copy=False, ondelete='set null')
    state = fields.Selection([
        ('draft', "Not published"),
        ('open', "Open"),
        ('ended', "Ended"),
        ('revoked', "Revoked"),
    ], compute='_compute_state', search='_search_state')
    warning = fields.Text("Mind", compute='_compute_warning')
    comment_ids = fields.One2many('kam.share.comment', 'share_id', "Comments", readonly=True)
    visit_ids = fields.One2many('kam.share.visit', 'share_id', "Seen", readonly=True)
    last_visit = fields.Date("Last seen on", compute='_compute_last_visit')

    _one_subject = models.Constraint('CHECK (num_nonnulls(plan_id, review_id) = 1)', "Share one plan or one review.")

    @api.depends('plan_id', 'review_id')
    def _compute_subject(self):
        for share in self:
            subject = share.plan_id or share.review_id
            share.partner_id, share.company_id = subject.partner_id, subject.company_id

    @api.depends('plan_id', 'review_id')
    def _compute_display_name(self):
        for share in self:
            share.display_name = (share.plan_id or share.review_id).display_name

    @api.depends('published_on', 'revoked_on', 'date_until')
    def _compute_state(self):
        for share in self:
            today = (share.company_id or self.env.company)._kam_today()
            share.state = (
                'revoked' if share.revoked_on else 'draft' if not share.published_on else
                'ended' if share.date_until and share.date_until < today else 'open')

    @api.model
    def _search_state(self, operator, value):
        if operator != 'in':
            return NotImplemented
        today = self.env.company._kam_today()
        living = Domain('revoked_on', '=', False) & Domain('published_on', '!=', False)
        domains = {
            'revoked': Domain('revoked_on', '!=', False),
            'draft': Domain('revoked_on', '=', False) & Domain('published_on', '=', False),
            'open': living & Domain('date_until', '>=', today),
            'ended': living & Domain('date_until', '<', today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends('contact_ids.user_ids.share', 'contact_ids.active', 'contact_ids.commercial_partner_id', 'partner_id')
    def _compute_warning(self):
        for share in self:
            users = share.contact_ids.sudo().with_context(active_test=False).user_ids.filtered('active')  # sudo: whether somebody can log in
            lines = []
            gone = share.contact_ids.filtered(lambda contact: not contact.active or contact.commercial_partner_id != share.partner_id)
            without = (share.contact_ids - gone).filtered(lambda contact: contact not in users.partner_id)
            if gone:
                lines.append(self.env._("No longer with the account, and sees nothing any more: %(people)s.", people=", ".join(gone.mapped('name'))))
            if without:
                lines.append(self.env._("Cannot log in yet: %(people)s. Give them access to the portal.", people=", ".join(without.mapped('name'))))
            share.warning = "\n".join(lines) or False

    @api.depends('visit_ids.date')
    def _compute_last_visit(self):
        for share in self:
            share.last_visit = max(share.visit_ids.mapped('date'), default=False)

    @api.constrains('contact_ids', 'plan_id', 'review_id')
    def _check_contacts(self):
        for share in self:
            if not share.partner_id:
                raise ValidationError(self.env._("Only the review of an account is shared with a customer, not one of a person or a team."))
            if not share.contact_ids:
                raise ValidationError(self.env._("Say with whom: choose people of %(account)s.", account=share.partner_id.name))
            strangers = share.contact_ids.filtered(lambda contact: contact.commercial_partner_id != share.partner_id)
            if strangers:
                raise ValidationError(self.env._(
                    "%(people)s do not belong to %(account)s: share with people of the account alone.",
                    people=", ".join(strangers.mapped('name')), account=share.partner_id.name))

    @api.constrains('date_until')
    def _check_date(self):
        for share in self:
            if share.date_until > fields.Date.add(share.company_id._kam_today(), months=LONGEST_MONTHS):
                raise ValidationError(self.env._("Share for a year at most; you can make it longer then."))

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        for share in shares:
            (share.plan_id or share.review_id).check_access('write')
        return shares

    def write(self, vals):
        if {'plan_id', 'review_id'} & vals.keys():
            raise UserError(self.env._("What is shared stays: make a new share for another plan or review."))
        return super().write(vals)

    def action_revoke(self):
        """Take it back: nobody sees it any more from now on."""
        self.check_access('write')
        self.filtered(lambda share: not share.revoked_on).write({'revoked_on': fields.Datetime.now(), 'revoked_by_id': self.env.uid})

    def action_invite(self):
        """Open Odoo's assistant which lets these people log in to the portal. :raise UserError: for users who may not do that"""
        self.ensure_one()
        if not self.env['portal.wizard'].has_access('create'):
            raise UserError(self.env._(
                "Somebody with the right to create contacts has to give %(people)s access to the portal: ask them, then come back.",
                people=", ".join(self.contact_ids.mapped('name'))))
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Access to the portal"), 'res_model': 'portal.wizard', 'view_mode': 'form',
            'target': 'new', 'context': {'active_ids': self.contact_ids.ids, 'default_partner_ids': self.contact_ids.ids},
        }

    def action_preview(self):
        """Open the page as the customer sees it, in a new tab; it is not noted as seen."""
        self.ensure_one()
        return {'type': 'ir.actions.act_url', 'url': f'/kam/share/{self.id}/preview', 'target': 'new'}
