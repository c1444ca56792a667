from odoo import api, models

from .kam_measure_method_events import RESPONSES


class KamFactDerived(models.Model):
    """What facts rest on besides documents is brought up to date before them: working times, tiers over time."""

    _inherit = 'kam.fact'

    @api.model
    def _build(self, measures, partitions=None):
        if RESPONSES in measures.mapped('source'):
            accounts = None if partitions is None else partitions.partners | {partner for partner, _month in partitions.pairs}
            self.env['kam.work.slot']._cover(accounts)
        return super()._build(measures, partitions)

    @api.model
    def _cron_nightly(self):
        self.env['kam.tier.history']._catch_up()
        return super()._cron_nightly()
