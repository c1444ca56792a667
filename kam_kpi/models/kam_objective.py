from odoo import fields, models


class KamObjective(models.Model):
    """A strategic objective of the company which KPIs, targets and plans serve."""

    _name = 'kam.objective'
    _description = "Strategic Objective"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        'res.users', "Owner", ondelete='restrict', index='btree_not_null', domain=[('share', '=', False)],
        help="Who answers for the objective in the company.")
    company_id = fields.Many2one('res.company', index='btree_not_null', help="Empty: shared by all companies.")
    kpi_ids = fields.One2many('kam.kpi', 'objective_id', "KPIs")
    kpi_count = fields.Integer("Number of KPIs", compute='_compute_kpi_count')

    def _compute_kpi_count(self):
        counts = dict(self.env['kam.kpi']._read_group(
            [('objective_id', 'in', self.ids)], ['objective_id'], ['__count']))
        for objective in self:
            objective.kpi_count = counts.get(objective, 0)
