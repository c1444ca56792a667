from odoo import api, fields, models

LANES = {
    'voice': 'owe', 'review': 'owe', 'plan': 'owe',
    'late_order': 'risk', 'lost_category': 'risk', 'value_drop': 'risk', 'basket': 'risk', 'renewal': 'risk', 'alert': 'risk',
    'target': 'growth',
    'touch': 'touch', 'meeting': 'touch',
}
OPEN = ('open', 'snoozed')
IN_USE = "state IN ('open', 'snoozed')"


class KamAttention(models.Model):
    """Why an account needs somebody now: one row an account and reason while it lasts.

    Signals (``kam_attention_signal_*.py``) look at facts, targets, plans and
    agreements; ``_refresh`` opens what is new, keeps what lasts and ends what is
    gone. Each open row is one activity of the account's manager
    (``kam_attention_activity.py``). ``cause`` tells one occurrence from another:
    what somebody has handled is not brought up again for the same cause, unless it
    still lasts a month later.

    ``figures`` are what the reason is made of; its words are put together in the
    reader's language, so that days count on while nothing is written.
    """

    _name = 'kam.attention'
    _description = "Who First Today"
    _order = 'rank desc, date_opened, id'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Account", required=True, readonly=True, index=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True, ondelete='cascade')
    currency_id = fields.Many2one(related='company_id.currency_id')
    user_id = fields.Many2one(
        'res.users', "For", readonly=True, index='btree_not_null', ondelete='set null',
        help="The account's manager, else the leader of its team.")
    team_id = fields.Many2one(related='partner_id.kam_team_id')
    kind = fields.Selection([
        ('voice', "Low score"),
        ('review', "Review to prepare"),
        ('plan', "Stale plan"),
        ('late_order', "Late order"),
        ('lost_category', "Lost category"),
        ('value_drop', "Less business"),
        ('basket', "Shrinking basket"),
        ('renewal', "Renewal"),
        ('alert', "Alert"),
        ('target', "Target behind"),
        ('touch', "Touch-point overdue"),
        ('meeting', "Meeting overdue"),
    ], "Why", required=True, readonly=True, index=True)
    lane = fields.Selection([
        ('owe', "We owe them"),
        ('risk', "At risk"),
        ('touch', "Touch due"),
        ('growth', "Growth"),
    ], required=True, readonly=True, group_expand='_expand_lane')
    cause = fields.Char(required=True, readonly=True, help="What brought it up: another cause is another matter.")
    figures = fields.Json(readonly=True)
    reason = fields.Char(compute='_compute_words', help="Why, with the figures.")
    advice = fields.Char("Suggested step", compute='_compute_words')
    value = fields.Monetary("Value at stake", readonly=True, aggregator='sum')
    severity = fields.Integer(readonly=True, aggregator=None)
    rank = fields.Float(readonly=True, aggregator=None, help="Severity × size of what is at stake × urgency.")
    date_due = fields.Date("Due", readonly=True)
    date_opened = fields.Date("Since", readonly=True)
    date_closed = fields.Date("Until", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field='res_model', readonly=True)
    has_source = fields.Boolean(compute='_compute_has_source', help="Whether there is a target, plan, review or agreement to open.")
    state = fields.Selection([
        ('open', "Open"),
        ('snoozed', "Snoozed"),
        ('handled', "Handled"),
        ('gone', "No longer so"),
    ], required=True, default='open', readonly=True, index=True)
    snoozed_until = fields.Date(readonly=True)
    snooze_reason = fields.Char("Why later", readonly=True)
    activity_id = fields.Many2one('mail.activity', readonly=True, index='btree_not_null', ondelete='set null')
    is_overdue = fields.Boolean(compute='_compute_is_overdue')
    partner_avatar = fields.Image(related='partner_id.avatar_128')
    tier_id = fields.Many2one(related='partner_id.kam_tier_id')
    tier_color = fields.Integer(related='partner_id.kam_tier_id.color')

    _once = models.UniqueIndex(f"(partner_id, company_id, kind) WHERE {IN_USE}", "This account is on the list for that reason already.")

    @api.model
    def _expand_lane(self, lanes, domain):
        """Order the columns from what hurts most; lanes without work take no room."""
        return [key for key, _label in self._fields['lane']._description_selection(self.env) if key in lanes]

    @api.depends('kind', 'figures', 'res_id')
    @api.depends_context('lang', 'uid')
    def _compute_words(self):
        sources = self._sources()
        for item in self:
            item.reason, item.advice = getattr(item, f'_words_{item.kind}')(item.figures or {}, sources.get(item))

    def _sources(self):
        """Return {item: the record it speaks of}; one query a model, records which are gone are absent."""
        found = {}
        for model, items in self.filtered('res_id').grouped('res_model').items():
            if model in self.env:
                records = self.env[model].sudo().browse(items.mapped('res_id')).exists()  # sudo: names; who sees the account's item sees its reason
                by_id = {record.id: record for record in records}
                found.update((item, by_id[item.res_id]) for item in items if item.res_id in by_id)
        return found

    @api.depends('res_model', 'res_id')
    def _compute_has_source(self):
        for item in self:
            item.has_source = bool(item.res_id) and item.res_model.startswith('kam.')

    @api.depends('date_due')
    def _compute_is_overdue(self):
        for item in self:
            item.is_overdue = bool(item.date_due) and item.date_due < item.company_id._kam_today()

    @api.depends('kind', 'partner_id')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for item in self:
            item.display_name = f"{item.partner_id.name}: {labels.get(item.kind, '')}"
