from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestMeasureGuard(KamCase):
    """A director measures what they may read, and nothing whose answer depends on who looks and when."""

    def _new(self, user=None, **vals):
        return self.env['kam.measure'].with_user(user or self.diana).create({
            'name': "Own", 'code': 'own_measure', 'model_name': 'crm.lead', 'date_field': 'create_date',
            'account_path': 'partner_id.commercial_partner_id', **vals})

    def _refused(self, message, **vals):
        with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
            self._new(**vals)

    def test_people_settings_and_correspondence_are_not_measured(self):
        for model in ('res.users', 'res.users.log', 'ir.config_parameter', 'ir.attachment', 'mail.message', 'mail.mail', 'res.company', 'kam.fact',
                      'kam.kpi.value'):
            with self.subTest(model=model):
                self._refused("cannot be measured", model_name=model, account_path=False, company_path=False)

    def test_they_are_not_offered_either(self):
        [(_field, _operator, names)] = self.env['kam.measure'].with_user(self.diana)._domain_model_id()
        offered = set(names)
        self.assertLessEqual({'crm.lead', 'sale.order', 'calendar.event'}, offered)
        self.assertFalse(offered & {'res.users', 'ir.config_parameter', 'mail.message', 'kam.fact', 'survey.user_input', 'sale.report', 'mail.thread'})

    def test_documents_one_may_not_read_are_refused(self):
        self.assertFalse(self.env['survey.user_input'].with_user(self.diana).has_access('read'))
        self._refused("You may not read", model_name='survey.user_input', company_path=False, account_path='partner_id')

    def test_reports_and_dialogs_keep_no_documents(self):
        self._refused("keeps no documents", model_name='sale.report', date_field='date')
        self._refused("keeps no documents", model_name='mail.compose.message')

    def test_a_hidden_field_is_refused_in_the_filter(self):
        self._refused("“Signup.*” in “partner_id.signup_type” is not yours to read", domain="[('partner_id.signup_type', '=', 'reset')]")

    def test_a_hidden_field_is_refused_in_a_filter_within_a_filter(self):
        self._refused("is not yours to read", domain="[('partner_id', 'any', [('signup_type', '=', 'reset')])]")

    def test_a_path_through_people_is_refused(self):
        for path in ('user_id.password', 'user_id.totp_secret', 'user_id.api_key_ids.name'):
            with self.subTest(path=path):
                self._refused("not yours to read|worked out anew", domain=f"[('{path}', '!=', False)]")

    def test_what_may_be_private_in_a_meeting_is_refused(self):
        meetings = {'model_name': 'calendar.event', 'date_field': 'start', 'account_path': False, 'company_path': False}
        self._refused("may be private", domain="[('description', 'ilike', 'salary')]", **meetings)
        self.assertEqual(self._new(domain="[('allday', '=', False)]", **meetings).state, 'ok')

    def test_what_is_worked_out_for_each_reader_is_refused(self):
        self._refused("worked out anew for each reader", domain="[('activity_state', '=', 'overdue')]")
        self._refused("worked out anew for each reader", date_field='activity_date_deadline')

    def test_a_filter_that_moves_with_the_calendar_is_refused(self):
        self._refused("“today -7d” in the filter moves with the calendar", domain="[('create_date', '>=', 'today -7d')]")
        self.assertEqual(self._new(domain="[('create_date', '>=', '2026-01-01 00:00:00')]").state, 'ok')

    def test_a_filter_that_depends_on_who_looks_is_refused(self):
        self._refused("“uid” in the filter depends on who looks", domain="[('user_id', '=', uid)]")

    def test_an_unknown_word_in_the_filter_is_named(self):
        self._refused("“compaint” in the filter is not a field of Lead", domain="[('compaint', '=', True)]")
        self._refused("“nam” in the filter is not a field of CRM Tag", domain="[('tag_ids.nam', '=', 'Complaint')]")

    def test_a_sum_needs_a_field(self):
        self._refused("Choose the field", aggregate='sum')

    def test_the_account_is_the_company_of_the_contact(self):
        self.assertEqual(self._new(account_path='partner_id').account_path, 'partner_id.commercial_partner_id')

    def test_account_managers_and_readers_define_nothing(self):
        for user in (self.anna, self.leo, self.rita, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._new(user=user)

    def test_an_administrator_may_measure_what_the_director_may_not(self):
        measure = self.env['kam.measure'].create({
            'name': "Answers", 'code': 'own_answers', 'model_name': 'survey.user_input', 'date_field': 'end_datetime', 'account_path': 'partner_id',
            'company_path': False})
        self.assertEqual(measure.state, 'ok')

    def test_the_form_proposes_the_rest(self):
        form = Form(self.env['kam.measure'].with_user(self.diana), 'kam_kpi.kam_measure_view_form')
        form.name = "Bestellungen: Größe"
        form.model_id = self.env['ir.model']._get('sale.order')
        form.aggregate = 'sum'
        measure = form.save()
        self.assertEqual(
            (measure.code, measure.date_field, measure.account_path, measure.company_path, measure.actor_path, measure.value_field, measure.rate_field,
             measure.monetary, measure.source),
            ('bestellungen_grosse', 'date_order', 'partner_id.commercial_partner_id', 'company_id', 'user_id', 'amount_untaxed', 'currency_rate',
             True, 'sale.order'))

    def test_another_model_is_another_group(self):
        measure = self._new()
        form = Form(measure, 'kam_kpi.kam_measure_view_form')
        form.model_id = self.env['ir.model']._get('sale.order')
        form.save()
        self.assertEqual((measure.model_name, measure.source, measure.date_field), ('sale.order', 'sale.order', 'date_order'))

    def test_the_form_says_what_is_wrong_while_typing(self):
        form = Form(self._new(), 'kam_kpi.kam_measure_view_form')
        form.domain = "[('compaint', '=', True)]"
        self.assertIn("compaint", form.definition_message)
        form.domain = "[]"
        self.assertFalse(form.definition_message)

    def test_the_preview_shows_what_is_typed(self):
        self.env['crm.lead'].create([
            {'name': f"Lead {number}", 'partner_id': partner.id, 'company_id': self.company.id, 'date_deadline': day}
            for number, (partner, day) in enumerate((
                (self.alpha, '2026-01-05'), (self.alpha, '2026-02-05'), (self.gamma, '2026-01-07'), (self.env['res.partner'], '2026-01-08'),
                (self.alpha, False)))])
        form = Form(self.env['kam.measure'].with_user(self.diana), 'kam_kpi.kam_measure_view_form')
        form.model_id = self.env['ir.model']._get('crm.lead')
        form.date_field = 'date_deadline'
        form.domain = "[('name', 'like', 'Lead '), ('company_id', '=', %d)]" % self.company.id
        self.assertRegex(form.preview, r"4\s*documents count")
        self.assertRegex(form.preview, r"1 of them without an account")
        self.assertRegex(form.preview, r"<strong>1</strong> more pass the filter")
        self.assertIn("Alpha", form.preview)
        self.assertIn("Lead 1", form.preview)
        self.assertNotIn("Gamma", form.preview)
        form.domain = "[('name', '=', 'Lead 1'), ('company_id', '=', %d)]" % self.company.id
        self.assertRegex(form.preview, r"1 document counts")

    def test_the_preview_is_the_directors(self):
        self.assertFalse(self._new().with_user(self.anna).preview)

    def test_titles_are_for_those_who_may_read_such_documents(self):
        measure = self.env['kam.measure'].create({
            'name': "Answers", 'code': 'own_answers', 'model_name': 'survey.user_input', 'date_field': 'create_date', 'account_path': 'partner_id',
            'company_path': False})
        survey = self.env['survey.survey'].create({'title': "Confidential"})
        self.env['survey.user_input'].create({'survey_id': survey.id, 'partner_id': self.alpha.id})
        as_anna = measure.with_user(self.anna).sudo(False)
        rows, _count, _total = as_anna._documents(as_anna._drill(self.alpha.ids, None, date(2999, 1, 1)))
        self.assertEqual([row['name'] for row in rows], ["Survey User Input"])
