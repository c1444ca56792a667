from odoo import models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    def _kam_write_changed(self, vals):
        former = self.kam_tier_id
        super()._kam_write_changed(vals)
        if self.kam_tier_id != former:
            # A tier given together with the date since when it is a key account holds since then.
            entered = {'is_key_account', 'kam_since_date'} & vals.keys()
            self.env['kam.tier.history']._note(self, former, entered and self.kam_since_date)
