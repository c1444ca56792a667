class PipelineOperations:
    """Leads and opportunities."""

    def populate_pipeline(self):
        case = self.case
        self.reasons = self.env['crm.lost.reason'].create([{'name': "World price"}, {'name': "World spam", 'kam_spam': True}])
        for number, account in enumerate(self.accounts):
            for month in (1, 2, 3):
                case.won(self.people_of(account)[:1], f'2025-{month:02}-28 22:30:00', created=f'2025-{month:02}-01 00:30:00', name="World won")
            case.lost(account, '2025-02-28 23:45:00', self.reasons[number % 2], created='2025-01-31 23:45:00', name="World lost")
            case.lead(account, kind='lead', created='2025-01-14 12:00:00', name="World lead")
            converted = case.lead(account, kind='lead', created='2025-01-14 12:00:00', name="World converted")
            converted.convert_opportunity(account)
            converted.date_conversion = '2025-03-14 12:00:00'

    def lead(self, *domain):
        return self.some('crm.lead', domain)

    def do_lead_create(self):
        lead = self.case.lead(
            self.random.choice([self.anybody(), self.anybody(), None]), created=self.moment(), kind=self.random.choice(['lead', 'opportunity']),
            user=self.pick(self.users), name="World new")
        return f"{lead.type} {lead.id} of {lead.partner_id.id} at {lead.create_date}"

    def do_lead_win(self):
        if lead := self.lead(('won_status', '=', 'pending')):
            lead.action_set_won()
            lead.date_closed = self.moment()
            return f"{lead.id} at {lead.date_closed}"

    def do_lead_lose(self):
        if lead := self.lead(('won_status', '=', 'pending'), ('active', '=', True)):
            lead.action_set_lost(lost_reason_id=self.pick(self.reasons).id)
            lead.date_closed = self.moment()
            return f"{lead.id} at {lead.date_closed}"

    def do_lead_reopen(self):
        if lead := self.lead(('won_status', '=', 'lost')):
            lead.action_unarchive()
            lead.probability = 20
            return str(lead.id)

    def do_lead_archive(self):
        if lead := self.lead(('active', '=', True)):
            lead.action_archive()
            return str(lead.id)

    def do_lead_convert(self):
        if lead := self.lead(('type', '=', 'lead'), ('active', '=', True)):
            lead.convert_opportunity(self.anybody())
            lead.date_conversion = self.moment()
            return f"{lead.id} at {lead.date_conversion}"

    def do_lead_redate(self):
        if lead := self.lead(('date_closed', '!=', False)):
            lead.date_closed = self.moment()
            return f"{lead.id} to {lead.date_closed}"

    def do_lead_repartner(self):
        if lead := self.lead():
            lead.partner_id = self.random.choice([self.anybody(), self.anybody(), self.env['res.partner']])
            return f"{lead.id} to {lead.partner_id.id}"

    def do_lead_user(self):
        if lead := self.lead():
            lead.user_id = self.pick(self.users)
            return f"{lead.id} to {lead.user_id.id}"

    def do_lead_delete(self):
        if lead := self.lead():
            label = str(lead.id)
            lead.unlink()
            return label

    def do_leads_merge(self):
        leads = self.lead(('active', '=', True)) | self.lead(('active', '=', True))
        if len(leads) == 2:
            label = str(leads.ids)
            leads.merge_opportunity()
            return label

    def do_reason_flag(self):
        reason = self.pick(self.reasons)
        reason.kam_spam = not reason.kam_spam
        return f"{reason.id} {reason.kam_spam}"

    def do_sql_lead(self):
        if lead := self.lead():
            column, value = self.random.choice([
                ('create_date', self.moment()), ('date_conversion', self.moment()), ('won_status', 'lost'), ('type', 'opportunity'), ('company_id', None)])
            return self.sql(f"UPDATE crm_lead SET {column} = %s WHERE id = %s", value, lead.id)  # constants of this file
