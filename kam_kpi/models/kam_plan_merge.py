from odoo import api, models


class KamPlan(models.Model):
    """What becomes of plans when accounts are merged into one."""

    _inherit = 'kam.plan'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Make room before accounts are merged: of two living plans for the same year the destination's stays.

        The other one is cancelled with a note and kept: nothing of its
        content is lost. Its actions keep their owners but no activity.
        """
        living = self.sudo().search([  # sudo: merging is the wizard's right; plans of all companies move along
            ('partner_id', 'in', [*source_ids, destination_id]), ('state', 'in', ('draft', 'running'))])
        taken = {}
        for plan in living.sorted(lambda plan: (plan.partner_id.id != destination_id, plan.id)):
            kept = taken.setdefault((plan.company_id, plan.year), plan)
            if kept != plan:
                plan._cancel(self.env._("The account was merged into %(account)s, which has a plan of its own.",
                                        account=kept.partner_id.display_name))
                kept.message_post(body=self.env._("The plan %(plan)s of a merged account is kept, cancelled.", plan=plan.display_name))


class KamStakeholder(models.Model):
    """What becomes of stakeholders when accounts or contacts are merged."""

    _inherit = 'kam.stakeholder'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Archive whoever would be twice on one map; the destination's row, then the older one, stays."""
        merged = {*source_ids, destination_id}
        people = self.sudo().search([  # sudo: as for plans
            '|', ('partner_id', 'in', list(merged)), ('contact_id', 'in', list(merged))])

        def after(partner):
            return destination_id if partner.id in merged else partner.id

        taken = set()
        for person in people.filtered('contact_id').sorted(
                lambda person: (person.partner_id.id in source_ids, person.contact_id.id in source_ids, person.id)):
            key = (after(person.partner_id), after(person.contact_id), person.company_id.id)
            if key in taken:
                person.with_context(kam_merging=True).active = False
            taken.add(key)
        self.env.flush_all()
