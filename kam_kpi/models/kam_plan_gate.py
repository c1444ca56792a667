from odoo import api, fields, models

MIN_SCORE_COVERAGE = 70
WALLET_MONTHS = 24
CHECKS_PER_STEP = {'1': 2, '2': 3, '3': 4, '4': 3, '5': 2, '6': 3, '7': 2}


class KamPlan(models.Model):
    """The gates of the seven steps, in words.

    Each ``_gate_<code>`` returns what is still missing in its step, as
    sentences for the account manager; an empty list opens the gate.
    """

    _inherit = 'kam.plan'

    account_score_id = fields.Many2one('kam.account.score', "Account's score", compute='_compute_account_score', compute_sudo=True)
    gate_status = fields.Json(
        compute='_compute_gates', compute_sudo=True,
        help="Per step code: name, purpose, guidance, gate, state (done, current, todo, waived) and what is missing.")
    gate_message = fields.Text("What is missing", compute='_compute_gates', compute_sudo=True)
    gate_open = fields.Boolean("Gate open", compute='_compute_gates', compute_sudo=True)
    completeness = fields.Integer("Complete (%)", compute='_compute_gates', compute_sudo=True, aggregator=None)

    @api.depends(
        'partner_id', 'step_id', 'state', 'strategy', 'goal_ids', 'swot_ids.kind', 'wallet_ids.date',
        'stakeholder_ids.role', 'stakeholder_ids.user_id', 'relationship_coverage', 'stakeholder_ids.has_left',
        'objective_ids.name', 'objective_ids.state', 'objective_ids.target_id', 'target_ids', 'approval_state',
        'action_ids.state', 'action_ids.user_id', 'action_ids.date_deadline', 'action_ids.objective_id',
        'budget', 'budget_user_id', 'audit_ids.answer', 'audit_ids.finding', 'communication_ids.date_done',
        'communication_ids.audience', 'waiver_ids.active')
    @api.depends_context('lang')
    def _compute_gates(self):
        steps = self.env['kam.plan.step'].search([])
        for plan in self:
            missing = {step.code: plan._gates()[step.code]() for step in steps}
            waived = {waiver.step_id.code: waiver for waiver in plan.waiver_ids}
            plan.gate_status = {step.code: plan._step_status(step, missing[step.code], waived.get(step.code)) for step in steps}
            current = plan._gate_missing(plan.step_id.code) if plan.step_id and plan._is_living() else []
            plan.gate_message = "\n".join(current) or False
            plan.gate_open = not current
            plan.completeness = plan._completeness(missing)

    def _step_status(self, step, missing, waiver):
        """What the panel of one step's page shows."""
        if step == self.step_id and self._is_living():
            state = 'current'
        elif waiver and missing:
            state = 'waived'
        else:
            state = 'todo' if missing else 'done'
        return {
            'code': step.code,
            'name': step.name,
            'purpose': step.purpose or '',
            'guidance': step.guidance or '',
            'gate': step.gate or '',
            'state': state,
            'missing': missing,
            'waived': waiver and self.env._(
                "Opened by %(user)s: %(reason)s", user=waiver.user_id.name, reason=waiver.reason) or '',
        }

    def _completeness(self, missing):
        """Percent of the checks of all steps that are met, each step counting the same; an empty page counts nothing."""
        empty = {code for code, lines in (('3', self.stakeholder_ids), ('5', self.action_ids)) if not lines}
        met = sum(
            1 - min(len(missing[code]), checks) / checks
            for code, checks in CHECKS_PER_STEP.items() if code in missing and code not in empty)
        return round(100 * met / len(CHECKS_PER_STEP))

    def _gates(self):
        """The check of each step."""
        return {
            '1': self._gate_1,
            '2': self._gate_2,
            '3': self._gate_3,
            '4': self._gate_4,
            '5': self._gate_5,
            '6': self._gate_6,
            '7': self._gate_7,
        }

    def _gate_missing(self, code):
        """What keeps the plan in this step: nothing once a leader opened the gate.

        From step 5 on the approval must still stand: a blueprint changed after
        it was approved stops the plan until it is approved again.
        """
        self.ensure_one()
        waived = set(self.waiver_ids.step_id.mapped('code'))
        missing = [] if code in waived else self._gates()[code]()
        if code > '4' and '4' not in waived and self.approval_state != 'approved':
            missing.append(self.env._("The blueprint (step 4) was changed and needs the leader's approval again."))
        return missing

    def _gate_1(self):
        """Score complete, strategy chosen."""
        missing = []
        score = self.account_score_id
        if not score:
            missing.append(self.env._("A confirmed score of the account."))
        elif score.coverage < MIN_SCORE_COVERAGE:
            missing.append(self.env._(
                "More of the account's score: %(known)s %% of it is known, %(wanted)s %% is needed.",
                known=round(score.coverage), wanted=MIN_SCORE_COVERAGE))
        if not self.strategy:
            missing.append(self.env._("A strategy: invest, grow, maintain or harvest."))
        return missing

    @api.depends('partner_id.kam_score_ids.state', 'partner_id.kam_score_ids.date', 'company_id')
    def _compute_account_score(self):
        """The latest confirmed score of each account, with one query for all plans."""
        scores = self.env['kam.account.score'].search([
            ('partner_id', 'in', self.partner_id._origin.ids), ('state', '=', 'confirmed')], order='date desc, id desc').grouped('partner_id')
        for plan in self:
            own = scores.get(plan.partner_id._origin, self.env['kam.account.score'])
            plan.account_score_id = own.filtered(lambda score, plan=plan: score.company_id.id in (False, plan.company_id.id))[:1]

    def _gate_2(self):
        """One goal, all four quarters of the SWOT, a wallet estimate that is not too old."""
        missing = []
        if not self.goal_ids:
            missing.append(self.env._("At least one goal of the customer."))
        labels = dict(self.env['kam.plan.swot']._fields['kind']._description_selection(self.env))
        empty = [label for kind, label in labels.items() if kind not in self.swot_ids.mapped('kind')]
        if empty:
            missing.append(self.env._("SWOT: nothing yet under %(kinds)s.", kinds=", ".join(empty)))
        oldest = fields.Date.subtract((self.company_id or self.env.company)._kam_today(), months=WALLET_MONTHS)
        if not any(estimate.date and estimate.date >= oldest for estimate in self.wallet_ids):
            missing.append(self.env._("An estimate of what the customer spends in all, not older than %(months)s months.", months=WALLET_MONTHS))
        return missing

    def _gate_3(self):
        """The tier's minimum of stakeholders who are still there, a decision maker, an owner for each, the tier's coverage."""
        missing = []
        wanted = self.partner_id.kam_tier_id.min_stakeholders or 1
        people = self.stakeholder_ids.filtered(lambda person: not person.has_left)
        if len(people) < wanted:
            missing.append(self.env._("Stakeholders: %(known)s of the %(wanted)s which the tier asks for.", known=len(people), wanted=wanted))
        if 'decision_maker' not in people.mapped('role'):
            missing.append(self.env._("A decision maker."))
        orphans = people.filtered(lambda person: not person.user_id)
        if orphans:
            missing.append(self.env._("One of us as owner of %(count)s of the stakeholders.", count=len(orphans)))
        covered, asked = self.relationship_coverage or 0, self.partner_id.kam_tier_id.min_coverage
        if people and round(covered) < asked:
            missing.append(self.env._(
                "Coverage of the relationships: %(known)s of the %(wanted)s which the tier asks for.", known=round(covered), wanted=round(asked)))
        return missing

    def _gate_4(self):
        """One agreed target, one objective, the approval."""
        missing = self._blueprint_missing()
        if self.approval_state == 'none':
            missing.append(self.env._("The approval: submit the blueprint to the leader."))
        elif self.approval_state == 'submitted':
            missing.append(self.env._("The approval: the leader has not decided yet."))
        elif self.approval_state == 'refused':
            missing.append(self.env._("The approval: it was refused, see the messages; change the blueprint and submit it again."))
        return missing

    def _blueprint_missing(self):
        """What must be there before the blueprint can be submitted."""
        missing = []
        targets = self.target_ids | self.objective_ids.target_id
        if not targets.filtered(lambda target: target.state in ('agreed', 'locked')):
            missing.append(self.env._("A KPI target that is agreed with the leader."))
        if not self.objective_ids:
            missing.append(self.env._("At least one objective."))
        return missing

    def _gate_5(self):
        """Every open objective has an action with owner and date; one action is done."""
        missing = []
        for objective in self.objective_ids.filtered(lambda objective: objective.state != 'dropped'):
            actions = self.action_ids.filtered(lambda action, objective=objective: action.objective_id._origin == objective._origin and objective._origin)
            if not any(action.user_id and action.date_deadline and action.state != 'cancelled' for action in actions):
                missing.append(self.env._("An action with owner and date for “%(objective)s”.", objective=objective.name or ''))
        if not any(action.state == 'done' for action in self.action_ids):
            missing.append(self.env._("A first action that is done."))
        return missing

    def _gate_6(self):
        """Budget and owner set, each question of the audit answered, each No explained."""
        missing = []
        if self.budget <= 0:
            missing.append(self.env._("A budget."))
        if not self.budget_user_id:
            missing.append(self.env._("Someone who owns the budget."))
        unanswered = self.audit_ids.filtered(lambda line: not line.answer)
        unexplained = self.audit_ids.filtered(lambda line: line.answer == 'no' and not line.finding)
        if unanswered or not self.audit_ids:
            missing.append(self.env._("Answers to the audit: %(count)s still open.", count=len(unanswered)))
        elif unexplained:
            missing.append(self.env._("Audit: what was found where the answer is No (%(count)s).", count=len(unexplained)))
        return missing

    def _gate_7(self):
        """One internal and one external communication done."""
        done = self.communication_ids.filtered('date_done').mapped('audience')
        missing = []
        if 'internal' not in done:
            missing.append(self.env._("An internal communication that is done."))
        if 'external' not in done:
            missing.append(self.env._("A communication to the customer that is done."))
        return missing
