from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KamKpiUsage(models.Model):
    """Where a KPI is used, and that it is not archived under those who use it."""

    _inherit = 'kam.kpi'

    usage = fields.Text("Used by", compute='_compute_usage')

    @api.depends_context('lang')
    def _compute_usage(self):
        for kpi in self:
            kpi.usage = "\n".join(kpi._uses()) or False

    def _uses(self):
        """Return what rests on this KPI now, one line each."""
        self.ensure_one()
        kpi = self._origin
        if not kpi:
            return []
        today = self.env.company._kam_today()
        targets = self.env['kam.target'].sudo().search([('kpi_id', '=', kpi.id), ('date_end', '>=', today)])  # to name or count them only, of all companies
        objectives = self.env['kam.plan.objective'].sudo().search_count([('target_id', 'in', targets.ids), ('state', '=', 'open')])  # as above
        groups = self.env['kam.health.item'].sudo().search([('kpi_id', '=', kpi.id)]).group_id  # as above
        criteria = self.env['kam.criterion'].sudo().search([('kpi_id', '=', kpi.id)])  # as above
        parts = self.sudo().search([('part_ids', 'in', kpi.ids)])  # as above
        uses = []
        if targets:
            uses.append(self.env._("Targets that are not over: %(count)s", count=len(targets)))
        if objectives:
            uses.append(self.env._("Open objectives of account plans: %(count)s", count=objectives))
        for label, names in (
            (self.env._("Health: %(names)s"), groups.mapped('name')),
            (self.env._("Scoring criteria: %(names)s"), criteria.mapped('name')),
            (self.env._("KPIs made of it: %(names)s"), parts.mapped('name')),
        ):
            if names:
                uses.append(label % {'names': ", ".join(names)})
        return uses

    @api.constrains('active')
    def _check_unused(self):
        for kpi in self.filtered(lambda kpi: not kpi.active):
            if uses := kpi._uses():
                raise ValidationError("\n".join([
                    self.env._("KPI “%(kpi)s” is still in use: take it out there before you archive it.", kpi=kpi.name), *uses]))
