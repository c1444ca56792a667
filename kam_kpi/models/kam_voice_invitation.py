import uuid

from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import NullableFloat


class KamVoiceInvitation(models.Model):
    """One person in one wave of a campaign: asked and how it went, or why not.

    Written by the job alone. ``asked`` and ``answered`` are counted by the
    response rate: of whatever group of rows, those who answered of those asked.
    """

    _name = 'kam.voice.invitation'
    _description = "Invitation to a Survey"
    _order = 'wave desc, partner_id, id'
    _rec_name = 'contact_id'

    campaign_id = fields.Many2one('kam.voice.campaign', "Campaign", required=True, readonly=True, index=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True, ondelete='cascade')
    wave = fields.Date(required=True, readonly=True, help="The day on which its wave began.")
    partner_id = fields.Many2one('res.partner', "Account", required=True, readonly=True, index=True, ondelete='cascade')
    user_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")
    tier_id = fields.Many2one(related='partner_id.kam_tier_id', string="Tier")
    stakeholder_id = fields.Many2one('kam.stakeholder', "Stakeholder", readonly=True, index='btree_not_null', ondelete='set null')
    role = fields.Selection(related='stakeholder_id.role')
    contact_id = fields.Many2one('res.partner', "Person", readonly=True, index='btree_not_null', ondelete='set null')
    email = fields.Char(readonly=True, index='btree_not_null', help="Where the invitation went.")
    state = fields.Selection([
        ('waiting', "Waiting"),
        ('sent', "Asked"),
        ('answered', "Answered"),
        ('opted_out', "Wants no surveys"),
        ('expired', "No answer"),
        ('skipped', "Not asked"),
    ], required=True, default='waiting', readonly=True, index=True)
    reason = fields.Selection([
        ('no_contact', "Not in the address book yet"),
        ('no_email', "No e-mail address"),
        ('left', "Seems to have left"),
        ('elsewhere', "Works for another company"),
        ('opted_out', "Wants no surveys"),
        ('blacklisted', "Address on the blacklist"),
        ('fatigue', "Asked not long ago"),
        ('double', "Asked in this wave already"),
        ('failed', "Could not be sent"),
    ], "Why not", readonly=True)
    problem = fields.Char("What is wrong", readonly=True)
    user_input_id = fields.Many2one('survey.user_input', "Answer", readonly=True, copy=False, index='btree_not_null', ondelete='set null')
    sent_on = fields.Date("Asked on", readonly=True)
    deadline = fields.Date(readonly=True, help="The last day for an answer.")
    remind_on = fields.Date("Remind on", readonly=True, index='btree_not_null')
    reminder_count = fields.Integer("Reminders", readonly=True, aggregator=None)
    answered_on = fields.Date("Answered on", readonly=True)
    access_token = fields.Char(
        default=lambda self: str(uuid.uuid4()), readonly=True, required=True, copy=False, groups=fields.NO_ACCESS, index=True)
    asked = fields.Integer(compute='_compute_asked', store=True)
    answered = fields.Integer("Number of answers", compute='_compute_asked', store=True)
    response_rate = NullableFloat(
        compute='_compute_response_rate', store=True, aggregator='avg', digits=(5, 1), help="Those who answered, in percent of those asked.")

    _once = models.UniqueIndex('(campaign_id, wave, stakeholder_id) WHERE stakeholder_id IS NOT NULL', "Nobody is asked twice in a wave.")
    _one_mail = models.UniqueIndex(
        "(campaign_id, wave, contact_id) WHERE contact_id IS NOT NULL AND state <> 'skipped'", "Nobody is asked twice in one wave.")
    _one_answer = models.UniqueIndex('(user_input_id) WHERE user_input_id IS NOT NULL', "An answer belongs to one invitation.")

    @api.depends('sent_on', 'state')
    def _compute_asked(self):
        for invitation in self:
            invitation.asked = int(bool(invitation.sent_on))
            invitation.answered = int(invitation.state == 'answered')

    @api.depends('asked', 'answered')
    def _compute_response_rate(self):
        for invitation in self:
            invitation.response_rate = 100.0 * invitation.answered if invitation.asked else None

    def _read_group_select(self, aggregate_spec, query):
        """The rate of a group is that of its sums, no mean; nothing where nobody was asked."""
        if aggregate_spec != 'response_rate:avg':
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100.0 * SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, 'answered', query), self._field_to_sql(self._table, 'asked', query))

    def _answered(self):
        """Their survey is finished: no more reminders."""
        for company, invitations in self.grouped('company_id').items():
            invitations.write({'state': 'answered', 'answered_on': company._kam_today(), 'remind_on': False})

    @api.model
    def _expire(self):
        """Nobody answers after the deadline any more."""
        for company in self.search([('state', '=', 'sent')]).company_id:
            self.search([('company_id', '=', company.id), ('state', '=', 'sent'), ('deadline', '<', company._kam_today())]).write({
                'state': 'expired', 'remind_on': False})

    def _opt_out(self):
        """The person wants no surveys of ours: nobody asks or reminds them any more, in no campaign."""
        self.ensure_one()
        self.contact_id.kam_voice_opt_out = True
        same = self.search([('contact_id', '=', self.contact_id.id), ('state', 'in', ('waiting', 'sent'))]) if self.contact_id else self
        same = (same | self).filtered(lambda invitation: invitation.state in ('waiting', 'sent'))
        same.filtered(lambda invitation: invitation.state == 'waiting').reason = 'opted_out'
        same.write({'state': 'opted_out', 'remind_on': False})

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Of two contacts who become one, one row of a wave keeps the person; the other stays as a number."""
        rows = self.sudo().search([('contact_id', 'in', [*source_ids, destination_id])], order='id')  # sudo: merging is the wizard's right
        seen = set()
        for row in rows.filtered(lambda row: row.state != 'skipped').sorted(lambda row: (row.state != 'answered', row.id)):
            key = (row.campaign_id, row.wave)
            if key in seen:
                row.contact_id = False
            seen.add(key)
