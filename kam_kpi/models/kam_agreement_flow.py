from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError


class KamAgreement(models.Model):
    """What happens to an agreement: signed, renewed, lost, cancelled."""

    _inherit = 'kam.agreement'

    def action_sign(self):
        """Both sides have signed: from now on it counts."""
        self._check_state('draft')
        self.state = 'active'

    def action_renew(self):
        """Prepare the agreement that follows, or open the one there is: as long, from the day after the end, for the same value."""
        self.ensure_one()
        if not self.successor_id:
            self._check_state('active', 'lost')
            start = self.date_end + timedelta(days=1)
            self.successor_id = self.create({
                'name': self.env._("%(agreement)s, renewal", agreement=self.name),
                'partner_id': self.partner_id.id,
                'company_id': self.company_id.id,
                'user_id': self.user_id.id,
                'date_start': start,
                'date_end': start + (self.date_end - self.date_start),
                'annual_value': self.annual_value,
                'currency_id': self.currency_id.id,
            })
        return {
            'type': 'ir.actions.act_window', 'res_model': self._name, 'res_id': self.successor_id.id, 'views': [(False, 'form')],
        }

    def action_lose(self):
        """The customer will not go on."""
        self._check_state('active')
        self.state = 'lost'

    def action_cancel(self):
        """It never came about: it counts nowhere."""
        self._check_state('draft', 'active')
        self.state = 'cancelled'

    def action_reopen(self):
        """Take back a loss (signed again) or a cancellation (in preparation again)."""
        self._check_state('lost', 'cancelled')
        for agreement in self:
            agreement.write({'state': 'active' if agreement.state == 'lost' else 'draft', 'lost_reason': False})

    def _check_state(self, *states):
        """Refuse what cannot be done to an agreement as it stands."""
        for agreement in self:
            if agreement.state not in states:
                label = dict(self._fields['state']._description_selection(self.env))[agreement.state]
                raise UserError(self.env._(
                    "This cannot be done to “%(agreement)s” now: it is “%(state)s”.", agreement=agreement.name, state=label))
