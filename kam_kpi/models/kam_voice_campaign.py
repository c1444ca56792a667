from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..fields import NullableFloat

ROLES = ('decision_maker', 'influencer', 'champion', 'user', 'gatekeeper', 'blocker')


class KamVoiceCampaign(models.Model):
    """Asks the people of key accounts for their opinion, wave after wave.

    A running campaign begins a wave whenever ``date_next`` has come: everybody of
    the roles and tiers gets one invitation of that day, or a row which says why
    not (``kam_voice_wave.py``). Missed waves are not made up for. It is read by
    all account managers of its company, and changed by its owner, the owner's
    leader and directors: an account manager asks the own accounts, a leader those
    of the team, a director all.
    """

    _name = 'kam.voice.campaign'
    _description = "Voice of the Customer Campaign"
    _order = 'state, date_next, name, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', required=True, index=True, ondelete='cascade', default=lambda self: self.env.company)
    user_id = fields.Many2one(
        'res.users', "Owner", required=True, index=True, ondelete='restrict', domain=[('share', '=', False)], default=lambda self: self.env.user)
    survey_id = fields.Many2one(
        'survey.survey', "Survey", required=True, index=True, ondelete='restrict',
        default=lambda self: self.env.ref('kam_kpi.survey_csat_nps', raise_if_not_found=False))
    reach = fields.Selection([
        ('own', "The owner's accounts"),
        ('team', "The owner's team"),
        ('company', "All key accounts"),
    ], "Asks", required=True, default='own')
    for_decision_maker = fields.Boolean("Decision makers", default=True)
    for_influencer = fields.Boolean("Influencers", default=True)
    for_champion = fields.Boolean("Champions", default=True)
    for_user = fields.Boolean("Users", default=True)
    for_gatekeeper = fields.Boolean("Gatekeepers")
    for_blocker = fields.Boolean("Blockers")
    tier_ids = fields.Many2many('kam.tier', string="Tiers", help="Empty: accounts of all tiers.")
    cadence = fields.Integer("Every", required=True, default=6, aggregator=None)
    cadence_unit = fields.Selection([('days', "Days"), ('months', "Months")], required=True, default='months')
    fatigue_days = fields.Integer(
        "Leave people alone for (days)", default=90, aggregator=None,
        help="Nobody is asked who was asked so few days ago, by whatever campaign; 0: no limit.")
    reminder_days = fields.Integer("Remind after (days)", default=7, aggregator=None)
    reminder_max = fields.Selection(
        [('0', "Never"), ('1', "Once"), ('2', "Twice")], "Remind", required=True, default='1', help="Only those who have not answered.")
    deadline_days = fields.Integer("Answers within (days)", default=21, aggregator=None)
    date_next = fields.Date("Next wave", copy=False, help="The day on which people are asked next.")
    date_last = fields.Date("Last wave", readonly=True, copy=False)
    state = fields.Selection([
        ('draft', "Draft"),
        ('running', "Running"),
        ('stopped', "Stopped"),
    ], required=True, default='draft', readonly=True, copy=False, index=True, group_expand=True)
    invitation_ids = fields.One2many('kam.voice.invitation', 'campaign_id', "Invitations")
    audience_count = fields.Integer("People it reaches", compute='_compute_audience_count')
    asked_count = fields.Integer("Asked", compute='_compute_counts')
    answered_count = fields.Integer("Answered", compute='_compute_counts')
    response_rate = NullableFloat(compute='_compute_counts', digits=(5, 1), help="In percent of those asked; empty while nobody was.")

    _cadence_positive = models.Constraint('CHECK(cadence >= 1)', "A campaign asks again after one day or month at the earliest.")
    _days_positive = models.Constraint(
        'CHECK(fatigue_days >= 0 AND reminder_days >= 1 AND deadline_days >= 1)',
        "Reminders and the deadline come after at least one day; the days people are left alone cannot be negative.")

    @api.depends('reach', 'user_id', 'company_id', 'tier_ids', *(f'for_{role}' for role in ROLES))
    def _compute_audience_count(self):
        for campaign in self:
            campaign.audience_count = self.env['kam.stakeholder'].sudo().search_count(campaign._audience_domain())  # sudo: a number, no people

    @api.depends('invitation_ids.state', 'invitation_ids.sent_on')
    def _compute_counts(self):
        rows = self.env['kam.voice.invitation'].sudo()._read_group(  # sudo: numbers, no people
            [('campaign_id', 'in', self.ids)], ['campaign_id'], ['asked:sum', 'answered:sum'])
        found = {campaign.id: (asked, answered) for campaign, asked, answered in rows}
        for campaign in self:
            asked, answered = found.get(campaign.id, (0, 0))
            campaign.asked_count, campaign.answered_count = asked, answered
            campaign.response_rate = 100 * answered / asked if asked else None

    @api.constrains('survey_id')
    def _check_survey(self):
        for survey in self.survey_id.sudo():  # sudo: account managers read no questions
            if survey.access_mode != 'token' or survey.users_login_required:
                raise ValidationError(self.env._(
                    "“%(survey)s” is open to everybody or asks for a login. Set its access to people with the link they were sent.", survey=survey.title))
            if not survey.question_ids.filtered('kam_purpose'):
                raise ValidationError(self.env._(
                    "No question of “%(survey)s” counts for an account. Give one of them a key account measure.", survey=survey.title))

    @api.constrains('reach', 'user_id')
    def _check_reach(self):
        director = self.env.user.has_group('kam_kpi.group_kam_manager')
        for campaign in self:
            owner = campaign.user_id
            if not (director or owner == self.env.user or owner.sale_team_id.user_id == self.env.user):
                raise ValidationError(self.env._("A campaign belongs to you or to somebody of your team."))
            if campaign.reach == 'company' and not owner.has_group('kam_kpi.group_kam_manager'):
                raise ValidationError(self.env._("All key accounts are asked by directors: choose one as the owner, or ask fewer accounts."))
            if campaign.reach == 'team' and not owner.has_group('kam_kpi.group_kam_leader'):
                raise ValidationError(self.env._("The accounts of a team are asked by its leader: choose the leader as the owner, or ask fewer accounts."))

    def _audience_domain(self):
        """The stakeholders whom a wave of the campaign is for; who of them can be asked is another question."""
        self.ensure_one()
        roles = [role for role in ROLES if self[f'for_{role}']]
        domain = Domain([('company_id', '=', self.company_id.id), ('partner_id.is_key_account', '=', True), ('role', 'in', roles)])
        if self.tier_ids:
            domain &= Domain('partner_id.kam_tier_id', 'in', self.tier_ids.ids)
        if self.reach == 'own':
            domain &= Domain('partner_id.kam_user_id', '=', self.user_id.id)
        elif self.reach == 'team':
            domain &= Domain('partner_id.kam_team_id.user_id', '=', self.user_id.id)
        return domain

    def _cadence_delta(self):
        self.ensure_one()
        return relativedelta(**{self.cadence_unit: self.cadence})

    def action_start(self):
        """Begin: the first wave is asked on the day that is set, else today."""
        for campaign in self:
            if not any(campaign[f'for_{role}'] for role in ROLES):
                raise UserError(self.env._("Choose at least one role to ask."))
            today = campaign.company_id._kam_today()
            campaign.write({'state': 'running', 'date_next': max(campaign.date_next or today, today)})
        self._wake()

    def action_stop(self):
        """No more waves and reminders; who was asked can still answer until the deadline."""
        self.state = 'stopped'

    def action_send_now(self):
        """Begin the next wave today, once a day at most."""
        for campaign in self:
            today = campaign.company_id._kam_today()
            if campaign.state != 'running':
                raise UserError(self.env._("Start “%(name)s” first.", name=campaign.name))
            if campaign.date_last == today:
                raise UserError(self.env._("“%(name)s” has asked its people today.", name=campaign.name))
            campaign.date_next = today
        self._wake()

    def _wake(self):
        self.env.ref('kam_kpi.ir_cron_kam_voice').sudo()._trigger()  # sudo: people have no rights on jobs

    def action_open_invitations(self):
        """Show who was asked, and who not and why."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_voice_invitation_action')
        return {**action, 'domain': [('campaign_id', '=', self.id)], 'context': {}, 'name': self.name}
