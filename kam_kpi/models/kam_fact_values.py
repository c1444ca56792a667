from odoo import api, models


class KamFactValues(models.Model):
    """Where the facts hand over to the values which rest on them."""

    _inherit = 'kam.fact'

    def _after_refresh(self, partner_ids, since=None):
        super()._after_refresh(partner_ids, since)
        self.env['kam.kpi.value']._refresh(partner_ids, since)

    @api.model
    def _cron_nightly(self):
        """Once a day: what time alone changes, a look for changes nobody queued, and the triggers."""
        self._repair_triggers()
        self._reconcile(self._nightly_slice())
        self._forget_pictures()
        self._take_pictures()
        self.env['kam.kpi.value']._refresh()
