from odoo import api, models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Keeps key account records whole when contacts are merged.

    Odoo moves foreign keys by SQL. Rows which would then stand twice for one
    account stop it with a raw error, or vanish; so each of our models puts
    its own in order first.
    """

    _inherit = 'base.partner.merge.automatic.wizard'

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        sources, destination = src_partners.ids, dst_partner.id
        self.env.flush_all()
        for model in self.env.values():
            if model._name.startswith('kam.') and hasattr(model, '_merge_accounts'):
                model._merge_accounts(sources, destination)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)


class KamFactMerge(models.Model):
    _inherit = 'kam.fact'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Drop the facts of the accounts that go; those of the one that stays are made anew."""
        for table in ('kam_fact', 'kam_fact_category'):
            self.env.cr.execute(SQL("DELETE FROM %s WHERE partner_id = ANY(%s)", SQL.identifier(table), source_ids))
        self.env['kam.fact.queue'].sudo().create({'partner_id': destination_id})  # who merges contacts needs no rights here
        self.invalidate_model()


class KamKpiValueMerge(models.Model):
    _inherit = 'kam.kpi.value'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Values still open are dropped, for they are computed again; reported ones are kept, archived."""
        self.env.cr.execute(SQL("DELETE FROM kam_kpi_value WHERE partner_id = ANY(%s) AND NOT closed", source_ids))
        self.env.cr.execute(SQL("UPDATE kam_kpi_value SET active = FALSE WHERE partner_id = ANY(%s)", source_ids))
        self.invalidate_model()
