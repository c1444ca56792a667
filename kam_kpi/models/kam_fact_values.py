from odoo import api, models


class KamFactValues(models.Model):
    """Where the facts hand over to the values which rest on them."""

    _inherit = 'kam.fact'

    def _after_refresh(self, changes):
        super()._after_refresh(changes)
        self.env['kam.kpi.value']._refresh(changes)

    @api.model
    def _cron_nightly(self):
        """Once a day: what time alone changes, a look for changes nobody queued, and the triggers."""
        self._repair_triggers()
        self._reconcile(self._nightly_slice())
        self._forget_pictures()
        self._take_pictures()
        self.env['kam.kpi.value']._refresh()
