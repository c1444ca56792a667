from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .kam_health import STATES

LONGEST_DAYS = 184


class KamHealthJudgement(models.Model):
    """What a person who knows the account says of its health against the figures: with a reason, and for a time.

    While it is in force the account shows the judged status, with the computed one beside it; the score never changes.
    After ``date_until``, the last day, the computed status is back by itself. The last one made is in force; all are kept.
    """

    _name = 'kam.health.judgement'
    _description = "Judged Health"
    _order = 'id desc'
    _rec_name = 'state'

    partner_id = fields.Many2one('res.partner', "Account", required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', default=lambda self: self.env.company)
    state = fields.Selection([state for state in STATES if state[0] != 'no_data'], "I judge it", required=True)
    reason = fields.Text(required=True, help="What the figures do not know yet.")
    user_id = fields.Many2one('res.users', "Judged by", required=True, ondelete='restrict', default=lambda self: self.env.user, readonly=True)
    date_until = fields.Date("Until", required=True, default=lambda self: fields.Date.add(self.env.company._kam_today(), months=1), help="The last day.")
    is_ended = fields.Boolean("Taken back", readonly=True)

    @api.constrains('date_until', 'reason')
    def _check_time(self):
        for judgement in self:
            today = judgement.company_id._kam_today()
            if not judgement.reason.strip():
                raise ValidationError(self.env._("Say why the figures do not show how the account does."))
            if not today <= judgement.date_until <= fields.Date.add(today, days=LONGEST_DAYS):
                raise ValidationError(self.env._("A judgement holds for half a year at most: choose a day from today on within that time."))

    @api.model_create_multi
    def create(self, vals_list):
        judgements = super().create([{**vals, 'user_id': self.env.uid, 'is_ended': False} for vals in vals_list])
        self.env['kam.health']._refresh(judgements.partner_id.ids)
        return judgements

    def write(self, vals):
        raise UserError(self.env._("A judgement is kept as it was made: take it back, and make another one."))

    def action_end(self):
        """Take judgements back: the computed status counts again."""
        self.check_access('write')
        super().write({'is_ended': True})
        self.env['kam.health']._refresh(self.partner_id.ids)

    @api.model
    def _in_force(self, partner_ids):
        """Return ``{(partner id, company id): judgement}`` of the last one of each account, if it is in force today."""
        found = {}
        for judgement in self.sudo().search([('partner_id', 'in', list(partner_ids))], order='id'):  # sudo: part of the health, which has its own rules
            found[judgement.partner_id.id, judgement.company_id.id] = judgement
        return {
            key: judgement for key, judgement in found.items()
            if not judgement.is_ended and judgement.company_id._kam_today() <= judgement.date_until}
