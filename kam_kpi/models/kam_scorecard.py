from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import NullableFloat
from .kam_kpi import FREQUENCIES

STATUS = [('green', "On target"), ('amber', "Nearly"), ('red', "Off target"), ('no_data', "Not enough data")]
# Differences of a score below one point are no trend.
NOTABLE = 0.01


class KamScorecard(models.Model):
    """How far an account, a manager, a team or the company is with the targets agreed for one period.

    ``score`` is the weighted attainment as a fraction (1.0 = met): of the whole targets once the
    period is over, of what is due by now while it runs. Each target counts between 0 and the company's
    cap. ``coverage`` is the part of the weights that has data; too little of it gives no score.
    A team's card is of the team's own targets, not the mean of its members.
    Kept by ``kam.target``'s refresh; nobody writes it.
    """

    _name = 'kam.scorecard'
    _description = "Scorecard"
    _order = 'date_end desc, scope, score, id'
    _log_access = False

    scope = fields.Selection([
        ('account', "Account"),
        ('user', "Account manager"),
        ('team', "Sales team"),
        ('company', "Company"),
    ], "Of", required=True, index=True)
    partner_id = fields.Many2one('res.partner', "Account", ondelete='cascade', index='btree_not_null')
    user_id = fields.Many2one('res.users', "Account manager", ondelete='cascade', index='btree_not_null')
    team_id = fields.Many2one('crm.team', "Sales team", ondelete='cascade', index='btree_not_null')
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    frequency = fields.Selection(FREQUENCIES, required=True)
    date_start = fields.Date("From", required=True)
    date_end = fields.Date("To", required=True, help="The last day.")
    is_current = fields.Boolean("Running", help="The period is not over yet: the score is of what is due by now.")
    score = NullableFloat(aggregator='avg')
    coverage = fields.Float(aggregator=None, help="The part of the weights that has data.")
    status = fields.Selection(STATUS, required=True, default='no_data', group_expand=True, index=True)
    target_count = fields.Integer("Targets")
    green_count = fields.Integer("Targets met")
    amber_count = fields.Integer("Targets nearly met")
    red_count = fields.Integer("Targets missed")
    no_data_count = fields.Integer("Targets without data")
    subject = fields.Char("Whose", compute='_compute_subject')
    image = fields.Binary(compute='_compute_subject')
    previous_score = NullableFloat("Before", compute='_compute_previous_score', aggregator=None, help="The score of the period before.")
    improvement = NullableFloat("Change", compute='_compute_previous_score', aggregator=None)
    trend = fields.Selection([('up', "Better"), ('down', "Worse"), ('same', "As before")], compute='_compute_previous_score')

    _subject_idx = models.UniqueIndex(
        '(company_id, scope, COALESCE(partner_id, user_id, team_id, 0), frequency, date_start, date_end)', "There is one scorecard of a subject and a period.")

    @api.depends('partner_id', 'user_id', 'team_id', 'company_id')
    def _compute_subject(self):
        for card in self:
            record = card._subject()
            card.subject = record.display_name
            card.image = card.partner_id.avatar_128 if card.partner_id else card.user_id.avatar_128 if card.user_id else False

    @api.depends('subject', 'date_start', 'date_end', 'frequency')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for card in self:
            label = self.env['kam.review']._period_label(
                card.company_id, card.frequency, card.date_start, fields.Date.add(card.date_end, days=1)) if card.date_start else ""
            card.display_name = f"{card.subject}: {label}"

    @api.depends('score', 'date_start')
    def _compute_previous_score(self):
        before = self._previous()
        for card in self:
            card.previous_score = before[card].score if card in before else None
            known = card.score is not False and card.previous_score is not False
            card.improvement = card.score - card.previous_score if known else None
            card.trend = False if not known else 'same' if abs(card.improvement) < NOTABLE else 'up' if card.improvement > 0 else 'down'

    def _previous(self):
        """Return {card: the card of the same subject whose period ends where this one begins}."""
        domain = Domain([
            ('scope', 'in', list(set(self.mapped('scope')))), ('company_id', 'in', self.company_id.ids),
            ('frequency', 'in', list(set(self.mapped('frequency')))),
            ('date_end', 'in', [fields.Date.subtract(day, days=1) for day in set(self.mapped('date_start')) if day])])
        domain &= Domain('scope', '=', 'company') | Domain('partner_id', 'in', self.partner_id.ids) | Domain(
            'user_id', 'in', self.user_id.ids) | Domain('team_id', 'in', self.team_id.ids)
        found = {card._key()[:-2] + (card.date_end,): card for card in self.search(domain)}
        pairs = ((card, found.get(card._key()[:-2] + (fields.Date.subtract(card.date_start, days=1),))) for card in self if card.date_start)
        return {card: before for card, before in pairs if before}

    def _read_group_select(self, aggregate_spec, query):
        """A group of several cards has no score: scores of different targets have no mean."""
        if aggregate_spec != 'score:avg':
            return super()._read_group_select(aggregate_spec, query)
        score = self._field_to_sql(self._table, 'score', query)
        return SQL("CASE WHEN COUNT(%s) = 1 THEN MIN(%s) END", score, score)

    def _subject(self):
        """The account, manager, team or company the card is of."""
        self.ensure_one()
        return self.partner_id or self.user_id or self.team_id or self.company_id

    def _key(self):
        self.ensure_one()
        subject = self.partner_id.id or self.user_id.id or self.team_id.id or 0
        return self.company_id.id, self.scope, subject, self.frequency, self.date_start, self.date_end

    def _target_domain(self):
        """The targets which the card is made of."""
        self.ensure_one()
        return [
            ('scope', '=', self.scope), ('partner_id', '=', self.partner_id.id), ('user_id', '=', self.user_id.id), ('team_id', '=', self.team_id.id),
            ('company_id', '=', self.company_id.id), ('frequency', '=', self.frequency), ('date_start', '=', self.date_start),
            ('date_end', '=', self.date_end), ('state', 'in', ('agreed', 'locked'))]

    def action_open_targets(self):
        """The targets behind the score."""
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {**action, 'name': self.display_name, 'domain': self._target_domain(), 'context': {}}

    def action_open_accounts(self):
        """The accounts held by the subject today, worst health first."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.res_partner_action_key_accounts')
        domain = [('is_key_account', '=', True), ('kam_is_account', '=', True)]
        owner = {'account': ('id', '=', self.partner_id.id), 'user': ('kam_user_id', '=', self.user_id.id), 'team': ('kam_team_id', '=', self.team_id.id)}
        return {**action, 'name': self.subject, 'domain': domain + [owner[self.scope]] if self.scope in owner else domain, 'context': {}}

    def action_open_movers(self):
        """What moved most in the period: the values of the subject's accounts, with their trend."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_scorecard_mover_action')
        ids = self.env['kam.kpi']._scope_accounts(self.scope, self._subject().id, min(self.date_end, self.company_id._kam_today()), self.company_id)
        action['domain'] = [
            ('scope', '=', 'account'), ('partner_id', 'in', ids), ('frequency', '=', self.frequency), ('date_start', '=', self.date_start),
            ('date_end', '=', self.date_end), ('company_id', '=', self.company_id.id)]
        return {**action, 'name': self.env._("Movers: %(card)s", card=self.display_name)}
