from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..fields import NullableFloat


class KamCandidate(models.Model):
    """A customer worth making a key account, or a key account that no longer qualifies: proposed by figures, decided by a person.

    ``score`` is the weighted mean, 1 to 10, of the criteria which a KPI scores, over twelve months; a key account that was scored by
    people within a year has that score instead. Who is dismissed comes back after half a year at the earliest.
    """

    _name = 'kam.candidate'
    _description = "Candidate"
    _order = 'kind desc, score desc, id'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Customer", required=True, ondelete='cascade', index=True, readonly=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True, readonly=True)
    kind = fields.Selection([('promote', "Promote"), ('demote', "Demote")], required=True, readonly=True)
    score = NullableFloat("Score, 1 to 10", readonly=True, aggregator=None)
    coverage = fields.Float("Complete (%)", readonly=True, aggregator=None, help="How much of the weight of the automatic criteria has data.")
    tier_id = fields.Many2one('kam.tier', "Proposed tier", readonly=True, ondelete='set null')
    reason = fields.Text("Why", readonly=True)
    revenue = NullableFloat("Revenue, 12 months", readonly=True, aggregator='sum')
    currency_id = fields.Many2one(related='company_id.currency_id')
    user_id = fields.Many2one('res.users', "Would be managed by", ondelete='set null', help="Change it before you promote the customer.")
    cap_warning = fields.Char(compute='_compute_cap_warning')
    state = fields.Selection([
        ('proposed', "Proposed"),
        ('accepted', "Accepted"),
        ('dismissed', "Dismissed"),
    ], required=True, default='proposed', readonly=True, index=True)
    dismiss_reason = fields.Char("Why not")
    decided_id = fields.Many2one('res.users', "Decided by", ondelete='set null', readonly=True)
    decided_on = fields.Date(readonly=True)

    _once = models.UniqueIndex('(partner_id, company_id)', "A customer is a candidate once.")

    @api.depends('user_id', 'kind')
    def _compute_cap_warning(self):
        counts = dict(self.env['res.partner']._read_group(Domain([
            ('is_key_account', '=', True), ('kam_is_account', '=', True), ('kam_user_id', 'in', self.user_id.ids)]), ['kam_user_id'], ['__count']))
        for candidate in self:
            cap, count = candidate.company_id.kam_account_cap, counts.get(candidate.user_id, 0)
            full = candidate.kind == 'promote' and candidate.user_id and cap and count >= cap
            candidate.cap_warning = self.env._(
                "%(user)s manages %(count)s key accounts already; the agreed limit is %(cap)s.",
                user=candidate.user_id.name, count=count, cap=cap) if full else False

    def action_accept(self):
        """Do what is proposed: with the caller's own rights, so that only leaders and directors can."""
        for candidate in self:
            account = candidate.partner_id
            if candidate.state != 'proposed':
                raise UserError(self.env._("%(customer)s was decided already.", customer=account.display_name))
            if candidate.kind == 'promote':
                account.write({'is_key_account': True, 'kam_tier_id': candidate.tier_id.id, 'kam_user_id': candidate.user_id.id})
            else:
                account.write({'is_key_account': False})
            candidate._decide('accepted')

    def action_dismiss(self):
        """Leave things as they are; the reason is kept."""
        for candidate in self:
            if not (candidate.dismiss_reason or '').strip():
                raise UserError(self.env._("Write in a few words why %(customer)s stays as it is.", customer=candidate.partner_id.display_name))
            candidate._decide('dismissed')

    def _decide(self, state):
        self.write({'state': state, 'decided_id': self.env.uid, 'decided_on': self.company_id._kam_today()})

    def action_open_customer(self):
        self.ensure_one()
        return {'type': 'ir.actions.act_window', 'res_model': 'res.partner', 'res_id': self.partner_id.id, 'views': [(False, 'form')]}
