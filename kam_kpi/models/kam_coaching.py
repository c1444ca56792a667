from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..fields import NullableFloat

CLOSED = ('done', 'dismissed')
# What tells why a note is there comes from the figures.
KEPT = {'kind', 'kpi_id', 'streak', 'date_from', 'date_to', 'proposed_on', 'mentor_id', 'state', 'event_id', 'badge_user_id', 'published_on', 'closed_on'}
PEOPLE = {'user_id', 'leader_id', 'company_id'}


class KamCoaching(models.Model):
    """A talk between an account manager and the leader: to help after missed targets, to praise after outstanding ones, or for any reason.

    Visible to the two people and the directors, to nobody else. There are no messages,
    followers or names with content on it, since what was once sent cannot be called back;
    activities and meetings that come of it carry a neutral title. The leader's private
    notes are seen by the leader alone. Closed notes are deleted after the
    company's retention time.
    """

    _name = 'kam.coaching'
    _description = "Coaching"
    _order = 'state, proposed_on desc, id desc'
    _rec_name = 'user_id'
    _allow_sudo_commands = False

    kind = fields.Selection([
        ('help', "Help"),
        ('praise', "Praise"),
        ('talk', "One-to-one"),
    ], required=True, default='talk', readonly=True)
    user_id = fields.Many2one(
        'res.users', "Account manager", required=True, ondelete='cascade', index=True, domain=[('share', '=', False)])
    leader_id = fields.Many2one('res.users', "Leader", required=True, ondelete='cascade', index=True, default=lambda self: self.env.user)
    team_id = fields.Many2one('crm.team', "Sales team", ondelete='set null', index='btree_not_null')
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True, default=lambda self: self.env.company)
    kpi_id = fields.Many2one('kam.kpi', "KPI", ondelete='cascade', index='btree_not_null', readonly=True)
    unit = fields.Selection(related='kpi_id.unit')
    currency_id = fields.Many2one(related='company_id.currency_id')
    streak = fields.Integer("Periods in a row", readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("To", readonly=True, help="The last day of the last of these periods.")
    attainment = NullableFloat("Attainment of the last one", readonly=True, aggregator=None)
    proposed_on = fields.Date(readonly=True, default=lambda self: self.env.company._kam_today())
    state = fields.Selection([
        ('proposed', "Proposed"),
        ('planned', "Planned"),
        ('done', "Done"),
        ('dismissed', "Not needed"),
    ], required=True, default='proposed', readonly=True, index=True, group_expand=True)
    reason = fields.Text(compute='_compute_reason')
    agenda = fields.Text(help="Both read it. Prepared from the figures; change it as you like.")
    mentor_id = fields.Many2one(
        'res.users', "Could help", ondelete='set null', readonly=True, index='btree_not_null', help="The best in the team at this KPI.")
    event_id = fields.Many2one('calendar.event', "Meeting", ondelete='set null', readonly=True, index='btree_not_null')
    date_meeting = fields.Datetime(related='event_id.start', string="On")
    notes = fields.Text("What we agreed", help="Both read it.")
    private_notes = fields.Text("My own notes", compute='_compute_private_notes', inverse='_inverse_private_notes', help="Only the leader reads this.")
    private_words = fields.Text(groups=fields.NO_ACCESS)
    action_ids = fields.One2many('kam.coaching.action', 'coaching_id', "Steps")
    story = fields.Text(help="What others can learn from it. It goes to the team once you publish it.")
    published_on = fields.Date(readonly=True)
    badge_user_id = fields.Many2one('gamification.badge.user', "Badge", ondelete='set null', readonly=True, index='btree_not_null')
    closed_on = fields.Date(readonly=True)

    _proposed_once = models.UniqueIndex(
        "(user_id, company_id, kind, kpi_id, date_to) WHERE kpi_id IS NOT NULL", "There is a note about this already.")
    _two_people = models.Constraint('CHECK(user_id <> leader_id)', "A talk takes two people: choose another account manager.")

    @api.depends('kind', 'kpi_id', 'streak', 'date_to')
    @api.depends_context('lang')
    def _compute_reason(self):
        for note in self:
            if note.kind == 'help' and note.kpi_id:
                note.reason = self.env._(
                    "%(kpi)s was far from the target %(count)s periods in a row, last at %(percent)s %%.",
                    kpi=note.kpi_id.name, count=note.streak, percent=round(100 * (note.attainment or 0)))
            elif note.kind == 'praise' and note.kpi_id:
                note.reason = self.env._(
                    "%(kpi)s went beyond the stretch target: %(percent)s %% of the target.", kpi=note.kpi_id.name, percent=round(100 * (note.attainment or 0)))
            else:
                note.reason = False

    @api.depends_context('uid')
    @api.depends('private_words', 'leader_id')
    def _compute_private_notes(self):
        for note in self:
            note.private_notes = note.sudo().private_words if note.leader_id == self.env.user else False  # sudo: the leader's own, checked here

    def _inverse_private_notes(self):
        for note in self:
            if note.leader_id != self.env.user:
                raise AccessError(self.env._("These notes belong to the leader who writes them."))
            note.sudo().private_words = note.private_notes  # sudo: checked the line before

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if KEPT & vals.keys() - {'state', 'kind'}:
                    raise AccessError(self.env._("What a note is about comes from the figures. Write your own words into the agenda."))
                vals.update(kind='talk', state='proposed')
        notes = super().create(vals_list)
        for note in notes:
            note._carry_over()
            note.agenda = note.agenda or note._prepared_agenda()
        return notes

    def write(self, vals):
        if not self.env.su:
            if (KEPT | PEOPLE) & vals.keys():
                raise AccessError(self.env._("Whom and what a note is about stays as it began, its state comes from its buttons."))
            if self.filtered(lambda note: note.state in CLOSED) and vals.keys() - {'action_ids', 'private_notes'}:
                raise UserError(self.env._("This talk is over. Begin another one: open steps are carried over."))
        return super().write(vals)

    def _store(self, vals):
        """Write what only the note's own buttons write; the caller's right to the note was checked."""
        self.check_access('write')
        return self.sudo().write(vals)  # sudo: see KEPT

    def _carry_over(self):
        """Bring the open steps of the last talk of the two in."""
        self.ensure_one()
        last = self.search(Domain([('user_id', '=', self.user_id.id), ('leader_id', '=', self.leader_id.id), ('id', '<', self.id)]), order='id desc', limit=1)
        for step in last.action_ids.filtered(lambda step: not step.done):
            step.copy({'coaching_id': self.id, 'carried': True})

    def _prepared_agenda(self):
        """The points to talk about, in the leader's language: open steps first, then the figures."""
        self.ensure_one()
        note = self.with_context(lang=self.leader_id.lang)
        points = []
        if note.action_ids:
            points.append(note.env._("Open steps from last time: %(steps)s", steps=", ".join(note.action_ids.mapped('name'))))
        if note.reason:
            points.append(note.reason)
        points += note._target_points()
        if note.kind == 'help':
            points.append(note.env._("What is in the way, and what would help: training, time, somebody's advice?"))
            if note.mentor_id:
                points.append(note.env._("%(mentor)s does well here and could help.", mentor=note.mentor_id.name))
        elif note.kind == 'praise':
            points.append(note.env._("How was it done, and what can others learn from it?"))
        return "\n".join(f"- {point}" for point in points) or False

    def _target_points(self):
        """The account manager's running targets which are off, one point each."""
        targets = self.env['kam.target'].sudo().search([  # sudo: the two see them both, whoever prepares the note
            ('user_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id), ('state', 'in', ('agreed', 'locked')),
            ('status', 'in', ('off_track', 'at_risk'))])
        return [self.env._("%(kpi)s: %(percent)s %% of what is due by now", kpi=target.kpi_id.name, percent=round(100 * target.pace))
                for target in targets if target.pace is not False]
