from odoo import api, fields, models

GROUPS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class ResPartner(models.Model):
    _inherit = 'res.partner'

    kam_plan_ids = fields.One2many('kam.plan', 'partner_id', "Account plans", groups=GROUPS)
    kam_stakeholder_ids = fields.One2many('kam.stakeholder', 'partner_id', "Stakeholders", groups='kam_kpi.group_kam_user')
    kam_wallet_ids = fields.One2many('kam.wallet.estimate', 'partner_id', "Wallet estimates", groups=GROUPS)
    kam_plan_count = fields.Integer("Plans", compute='_compute_kam_plan', groups=GROUPS)
    kam_plan_id = fields.Many2one(
        'kam.plan', "Current plan", compute='_compute_kam_plan', groups=GROUPS,
        help="The living plan of the account; of two, the one of the earlier year.")
    kam_plan_step_id = fields.Many2one('kam.plan.step', "Plan step", compute='_compute_kam_plan', groups=GROUPS)
    kam_stakeholder_count = fields.Integer(
        "Relationships", compute='_compute_kam_stakeholder_count', groups='kam_kpi.group_kam_user')

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'allowed_company_ids')
    def _compute_kam_plan(self):
        plans = self.env['kam.plan'].search(
            [('partner_id', 'in', self.commercial_partner_id.ids)], order='year, id').grouped('partner_id')
        for partner in self:
            own = plans.get(partner.commercial_partner_id, self.env['kam.plan'])
            partner.kam_plan_count = len(own)
            partner.kam_plan_id = own.filtered(lambda plan: plan._is_living())[:1]
            partner.kam_plan_step_id = partner.kam_plan_id.step_id

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'allowed_company_ids')
    def _compute_kam_stakeholder_count(self):
        counts = dict(self.env['kam.stakeholder']._read_group(
            [('partner_id', 'in', self.commercial_partner_id.ids)], ['partner_id'], ['__count']))
        for partner in self:
            partner.kam_stakeholder_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_kam_plans(self):
        """Open the account's only plan, or the list of its plans, closed ones among them.

        A list, since a board of seven steps hides two plans beyond the edge of the window.
        """
        self.ensure_one()
        account = self.commercial_partner_id
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_plan_action')
        action['domain'] = [('partner_id', '=', account.id)]
        action['context'] = {'default_partner_id': account.id}
        if self.kam_plan_count == 1:
            plan = self.env['kam.plan'].search(action['domain'], limit=1)
            action.update(views=[(False, 'form')], view_mode='form', res_id=plan.id)
        else:
            action.update(views=[(False, 'list'), (False, 'kanban'), (False, 'form')], view_mode='list,kanban,form')
        return action
