from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time

from .common import KamCase

FIGURES = {
    # code: (Alpha, Beta)
    'revenue': (1000.0, 3000.0),
    'gross_margin_pct': (40.0, 20.0),
    'sales_growth_yoy_pct': (12.5, None),
}


@freeze_time('2026-03-10 09:00:00')
class PlanCase(KamCase):
    """A plan of Alpha for 2026 on 2026-03-10, as its manager Anna works on it.

    ``figures`` stands in for the KPI engine: ``{(code, account): value}``,
    None or absent is no data. ``pass_step('3')`` fills in what the gate of a
    step asks for and moves on; ``bring_to('4')`` does so up to a step.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = {
            (code, account): value
            for code, values in FIGURES.items() for account, value in zip((cls.alpha, cls.beta), values, strict=True)}
        figures = cls.figures

        def measure_kpis(self, codes, partner_ids, date_start, date_stop, **scope):
            rows = []
            for code in codes:
                for account in self.env['res.partner'].browse(partner_ids):
                    value = figures.get((code, account))
                    rows.append({
                        'code': code, 'partner_id': account.id, 'numerator': value, 'denominator': None, 'value': value,
                        'state': 'no_data' if value is None else 'ok', 'reason': None, 'sample_size': 30})
            return rows

        cls.startClassPatcher(patch.object(cls.env.registry['kam.kpi'], 'measure_kpis', measure_kpis, create=True))
        cls.alpha.kam_tier_id.min_stakeholders = 2
        cls.strategic = cls.env['kam.objective'].create({'name': "Grow with few"})
        cls.plan = cls.env['kam.plan'].with_user(cls.anna).create({'partner_id': cls.alpha.id})

    def as_user(self, user):
        """The plan in the hands of a user."""
        self.env.invalidate_all()
        return self.plan.with_user(user)

    def bring_to(self, code):
        while self.plan.step_id.code < code:
            self.pass_step(self.plan.step_id.code)
        return self.plan

    def pass_step(self, code):
        getattr(self, f'fill_{code}')()
        self.assertEqual(self.plan._gate_missing(code), [])
        self.plan.action_next_step()

    def fill_1(self):
        self.score(self.alpha)
        self.plan.strategy = 'grow'

    def fill_2(self):
        self.plan.write({
            'goal_ids': [Command.create({'name': "Fewer stops", 'baseline': 10, 'target': 4, 'due_date': '2026-12-31'})],
            'swot_ids': [
                Command.create({'kind': kind, 'name': f"A {kind}"}) for kind in ('strength', 'weakness', 'opportunity', 'threat')],
            'wallet_ids': [Command.create({'amount': 5000, 'date': '2026-01-15', 'source': "annual report"})],
        })

    def fill_3(self):
        known = {'user_id': self.anna.id, 'current_level': '2', 'wanted_level': '2', 'noted_contact': '2026-03-01'}
        self.plan.write({'stakeholder_ids': [
            Command.create({'name': "Mr Sign", 'role': 'decision_maker', 'influence': '5', **known}),
            Command.create({'name': "Ms Use", 'role': 'user', 'influence': '2', **known}),
        ]})

    def fill_4(self):
        self.fill_blueprint()
        self.plan.action_submit_approval()
        self.as_user(self.leo).action_approve()
        self.as_user(self.anna)

    def fill_blueprint(self):
        self.plan.write({
            'target_ids': [Command.link(self.target(self.alpha).id)],
            'objective_ids': [Command.create({
                'name': "Win the second plant", 'objective_id': self.strategic.id, 'date_deadline': '2026-11-30'})],
        })

    def fill_5(self):
        self.plan.action_ids = [Command.create({
            'name': "Visit the plant", 'objective_id': self.plan.objective_ids[:1].id, 'user_id': self.anna.id,
            'date_deadline': '2026-03-20'})]
        self.plan.action_ids.action_mark_done()

    def fill_6(self):
        self.plan.write({'budget': 2000, 'budget_user_id': self.anna.id})
        self.plan.audit_ids.answer = 'yes'

    def fill_7(self):
        self.plan.communication_ids = [
            Command.create({'name': "Kick-off", 'audience': 'internal', 'date_done': '2026-03-01'}),
            Command.create({'name': "Letter", 'audience': 'external', 'date_done': '2026-03-02'}),
        ]

    def score(self, account):
        """A confirmed score of an account, all criteria known."""
        score = self.env['kam.account.score'].create({
            'partner_id': account.id, 'date': '2026-02-01',
            'line_ids': [
                Command.create({'criterion_id': criterion.id, 'score': 8})
                for criterion in self.env['kam.criterion'].search([('company_id', 'in', [False, self.company.id])])],
        })
        score.action_confirm()
        return score

    def target(self, account, state='agreed'):
        """A yearly KPI target of an account."""
        target = self.env['kam.target'].create({
            'partner_id': account.id, 'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'frequency': 'year',
            'date_start': '2026-01-01', 'date_end': '2026-12-31', 'target_value': 1200, 'objective_id': self.strategic.id})
        self.set_target_state(target, state)
        return target

    def set_target_state(self, target, state):
        """Put a target into a stage past its workflow, which has its own tests."""
        self.env.flush_all()
        self.cr.execute("UPDATE kam_target SET state = %s WHERE id = %s", [state, target.id])
        self.env.invalidate_all()
