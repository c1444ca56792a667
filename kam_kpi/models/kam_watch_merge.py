from odoo import api, models


class KamHealthHistoryMerge(models.Model):
    _inherit = 'kam.health.history'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """The health of an account that goes was that of another business: its history goes with it."""
        self.sudo().search([('partner_id', 'in', list(source_ids))]).unlink()  # sudo: merging is the wizard's right


class KamRuleAlertMerge(models.Model):
    _inherit = 'kam.rule.alert'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Of the account that goes what is over is kept; what is open is looked at anew for the one that stays."""
        living = self.sudo().search([('partner_id', 'in', list(source_ids)), ('state', '!=', 'closed')])  # sudo: as above
        living.activity_id.unlink()
        living.unlink()


class KamDataIssueMerge(models.Model):
    _inherit = 'kam.data.issue'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """What is doubtful is found anew for the account that stays."""
        self.sudo().search([('partner_id', 'in', list(source_ids)), ('state', '!=', 'gone')]).unlink()  # sudo: as above


class KamShareVisitMerge(models.Model):
    _inherit = 'kam.share.visit'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Two contacts who become one looked once on a day on which both did."""
        visits = self.sudo().search([('contact_id', 'in', [*source_ids, destination_id])])  # sudo: as above
        for _key, same in visits.grouped(lambda visit: (visit.share_id, visit.date)).items():
            same[1:].unlink()
