from odoo import api, fields, models

from ..fields import NullableFloat
from .kam_kpi import FREQUENCIES

REASONS = [
    ('source_missing', "The source is not installed or not set up"),
    ('future_period', "The period has not begun"),
    ('zero_denominator', "Nothing to compare with"),
    ('insufficient_sample', "Too few cases"),
    ('low_coverage', "Known for too small a part"),
    ('not_in_cohort', "Was no customer in the earlier window"),
    ('no_history', "No history so far back"),
    ('immature', "Too early to tell"),
    ('target_met', "The target is already met"),
    ('no_target', "No target"),
]


class KamKpiValue(models.Model):
    """The stored history of a KPI for one subject and one period.

    ``value = kpi.scale * numerator / denominator``; percentages 0..100.
    ``state`` is *ok* or *no_data*; with no data ``value`` is empty (False),
    never 0, and ``reason`` says why. ``date_end`` is the last day, inclusive.
    A closed period keeps ``value`` as it was reported; what the documents say
    since is ``restated_value``.
    Rows are written by the refresh only.
    """

    _name = 'kam.kpi.value'
    _description = "KPI Value"
    _order = 'date_end desc, kpi_id, partner_id'
    _rec_name = 'kpi_id'

    kpi_id = fields.Many2one('kam.kpi', required=True, ondelete='cascade', index=True)
    scope = fields.Selection([
        ('account', "Account"),
        ('user', "Account manager"),
        ('team', "Sales team"),
        ('company', "Company"),
    ], required=True, default='account')
    partner_id = fields.Many2one('res.partner', "Account", ondelete='cascade', index='btree_not_null')
    user_id = fields.Many2one('res.users', "Account manager", ondelete='restrict', index='btree_not_null')
    team_id = fields.Many2one('crm.team', "Sales team", ondelete='restrict', index='btree_not_null')
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    active = fields.Boolean(default=True, help="Reported values of an account that was merged into another are archived.")
    subject_id = fields.Integer("Subject's id", required=True, aggregator=None, help="Id of the account, manager, team or company the row is about.")
    frequency = fields.Selection(FREQUENCIES, required=True)
    date_start = fields.Date("From", required=True)
    date_end = fields.Date("To", required=True)
    is_current = fields.Boolean("Current", help="The running period, or the trailing twelve months up to today.")
    closed = fields.Boolean()
    numerator = NullableFloat(aggregator=None)
    denominator = NullableFloat(aggregator=None)
    value = NullableFloat(aggregator='avg')
    state = fields.Selection([('ok', "Ok"), ('no_data', "No data")], required=True, default='no_data')
    reason = fields.Selection(REASONS)
    sample_size = fields.Integer(aggregator=None)
    margin = NullableFloat("Margin of error", aggregator=None)
    flags = fields.Char()
    scale = fields.Float(default=1.0, aggregator=None)
    roll_up = fields.Selection([('sum', "Sum"), ('ratio', "Ratio"), ('median', "Median"), ('none', "None")])
    unit = fields.Selection(related='kpi_id.unit')
    family = fields.Selection(related='kpi_id.family', store=True)
    restated_value = NullableFloat(aggregator=None)
    restated_on = fields.Date()

    _subject_idx = models.UniqueIndex('(company_id, kpi_id, frequency, date_start, date_end, scope, subject_id) WHERE active')
    _current_idx = models.Index('(partner_id, kpi_id) WHERE is_current')
    # What screens open with, in the words of Odoo's searches, and the earlier figures of a subject.
    _shown_idx = models.Index('(scope, frequency) WHERE is_current IS TRUE')
    _series_idx = models.Index('(subject_id, kpi_id, date_end)')

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            subject = {'account': 'partner_id', 'user': 'user_id', 'team': 'team_id', 'company': 'company_id'}[vals.get('scope', 'account')]
            vals.setdefault('subject_id', vals.get(subject))
        return super().create(vals_list)
