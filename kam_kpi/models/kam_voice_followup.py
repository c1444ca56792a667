from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

# What comes from the answer and the buttons.
KEPT = {
    'partner_id', 'company_id', 'contact_id', 'user_input_id', 'rating_id', 'score', 'words', 'date', 'date_due', 'state', 'closed_by_id',
    'closed_on', 'escalated_on', 'activity_id'}


class KamVoiceFollowup(models.Model):
    """A low answer of a customer, and how the loop was closed: why, what was done, and that they were told.

    Made when the answer comes in, once an answer. The account's manager has its
    activity in Today until then; after the deadline the leader gets one as well.
    """

    _name = 'kam.voice.followup'
    _description = "Low Answer to Follow Up"
    _order = 'state desc, date_due, id'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Account", required=True, readonly=True, index=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True, ondelete='cascade')
    contact_id = fields.Many2one('res.partner', "Person", readonly=True, index='btree_not_null', ondelete='set null')
    user_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")
    user_input_id = fields.Many2one('survey.user_input', "Survey answer", readonly=True, index='btree_not_null', ondelete='set null')
    rating_id = fields.Many2one('rating.rating', readonly=True, index='btree_not_null', ondelete='set null')
    date = fields.Date("Answered on", required=True, readonly=True)
    score = fields.Char("Answer", readonly=True)
    words = fields.Text("In their words", readonly=True)
    date_due = fields.Date("To be closed by", required=True, readonly=True)
    state = fields.Selection([('open', "Open"), ('closed', "Closed")], required=True, default='open', readonly=True, index=True, group_expand=True)
    is_overdue = fields.Boolean(compute='_compute_is_overdue')
    cause = fields.Selection([
        ('quality', "Quality of the product"),
        ('delivery', "Delivery"),
        ('service', "Service and support"),
        ('price', "Price or invoice"),
        ('contact', "How we keep in touch"),
        ('promise', "A promise not kept"),
        ('theirs', "Something of their own"),
        ('other', "Something else"),
    ])
    explanation = fields.Text("What was behind it")
    done = fields.Text("What was done")
    told_on = fields.Date("Told the customer on")
    closed_by_id = fields.Many2one('res.users', "Closed by", readonly=True, index='btree_not_null', ondelete='set null')
    closed_on = fields.Date(readonly=True)
    escalated_on = fields.Date("Leader told on", readonly=True)
    activity_id = fields.Many2one('mail.activity', "The leader's activity", readonly=True, index='btree_not_null', ondelete='set null')

    _one_per_answer = models.UniqueIndex('(user_input_id) WHERE user_input_id IS NOT NULL', "This answer is followed up already.")
    _one_per_rating = models.UniqueIndex('(rating_id) WHERE rating_id IS NOT NULL', "This rating is followed up already.")

    @api.depends('partner_id', 'score')
    def _compute_display_name(self):
        for loop in self:
            loop.display_name = f"{loop.partner_id.name}: {loop.score or ''}"

    @api.depends('date_due', 'state')
    def _compute_is_overdue(self):
        for loop in self:
            loop.is_overdue = loop.state == 'open' and loop.date_due < loop.company_id._kam_today()

    def write(self, vals):
        if not self.env.su:
            if KEPT & vals.keys():
                raise AccessError(self.env._("What was answered stays as it is; a loop is closed by its button."))
            if self.filtered(lambda loop: loop.state == 'closed'):
                raise UserError(self.env._("This loop is closed. A leader can open it again."))
        return super().write(vals)

    @api.constrains('told_on')
    def _check_told_on(self):
        for loop in self:
            if loop.told_on and not loop.date <= loop.told_on <= loop.company_id._kam_today():
                raise ValidationError(self.env._("The customer was told between the day of the answer and today: %(account)s.", account=loop.partner_id.name))

    @api.model
    def _raise(self, rows):
        """Follow up these low answers of key accounts; answers which are followed up already are left alone."""
        rows = [row for row in rows if row['partner_id'].is_key_account]
        for row in rows:
            company = row.pop('company')
            today = company._kam_today()
            row.update(
                partner_id=row['partner_id'].id, company_id=company.id, date=today,
                date_due=today + timedelta(days=company.kam_voice_days))
        inputs = [row['user_input_id'] for row in rows if row.get('user_input_id')]
        ratings = [row['rating_id'] for row in rows if row.get('rating_id')]
        known = self.search(Domain('user_input_id', 'in', inputs) | Domain('rating_id', 'in', ratings))
        return self.create([
            row for row in rows
            if row.get('user_input_id') not in known.user_input_id.ids and row.get('rating_id') not in known.rating_id.ids])

    def action_close(self):
        """The loop is closed: the cause is known, something was done, the customer was told."""
        self.check_access('write')
        for loop in self.filtered(lambda loop: loop.state == 'open'):
            missing = [loop._fields[name]._description_string(self.env) for name in ('cause', 'done', 'told_on') if not loop[name]]
            if missing:
                raise UserError(self.env._("A loop is closed when these are filled in: %(fields)s.", fields=", ".join(missing)))
            loop.sudo().write({  # sudo: checked above; people do not write these fields themselves
                'state': 'closed', 'closed_by_id': self.env.uid, 'closed_on': loop.company_id._kam_today()})
        self._end_activities()
        self.env['kam.attention']._refresh(self.partner_id.ids)

    def action_reopen(self):
        """Look at it once more: for leaders."""
        self.check_access('write')
        if not self.env.user.has_group('kam_kpi.group_kam_leader'):
            raise AccessError(self.env._("Leaders open a closed loop again."))
        self.sudo().write({'state': 'open', 'closed_by_id': False, 'closed_on': False})  # sudo: checked above
        self.env['kam.attention']._refresh(self.partner_id.ids)

    def action_open_answer(self):
        """Show the answer as it was given, on Odoo's page of it."""
        self.ensure_one()
        self.check_access('read')
        if not self.user_input_id:
            raise UserError(self.env._("There is no survey behind it any more."))
        url = self.sudo().user_input_id.get_print_url()  # sudo: whoever sees the loop reads its answer
        return {'type': 'ir.actions.act_url', 'url': url, 'target': 'new'}

    def _end_activities(self):
        self.sudo().activity_id.unlink()  # sudo: it may be another user's

    @api.model
    def _cron_escalate(self):
        """Daily: tell the leader, once, what was not closed in time; nobody when the manager leads the team."""
        for company in self.search([('state', '=', 'open')]).company_id:
            today = company._kam_today()
            for loop in self.search([('company_id', '=', company.id), ('state', '=', 'open'), ('date_due', '<', today), ('escalated_on', '=', False)]):
                leader = loop.partner_id.kam_team_id.user_id.filtered('active')
                if not leader or leader == loop.partner_id.kam_user_id:
                    continue
                activity = loop.partner_id.activity_schedule(
                    'kam_kpi.mail_activity_type_voice_escalation', user_id=leader.id, date_deadline=today + timedelta(days=1),
                    summary=loop.with_context(lang=leader.lang).env._(
                        "%(account)s: a low answer of %(date)s is not followed up", account=loop.partner_id.name, date=loop.date))
                loop.write({'escalated_on': today, 'activity_id': activity.id})
