from odoo import api, models


class KamKpiValueFollowers(models.Model):
    """What is brought up to date after the values were stored, since it rests on them."""

    _inherit = 'kam.kpi.value'

    @api.model
    def _values_stored(self, partner_ids):
        super()._values_stored(partner_ids)
        if partner_ids is None:
            accounts = self.sudo()._read_group([('scope', '=', 'account'), ('is_current', '=', True)], ['partner_id'])  # all accounts, whoever refreshes
            changed = [account.id for (account,) in accounts]
        else:
            changed = list(partner_ids)
        self.env['kam.health']._refresh(changed)
        self.env['kam.target']._refresh_actuals(partner_ids)
