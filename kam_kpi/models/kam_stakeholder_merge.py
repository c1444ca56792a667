from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = 'base.partner.merge.automatic.wizard'

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """After contacts have become one: bring together what was noted about them."""
        destination = dst_partner.id
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env.invalidate_all()
        self.env['kam.stakeholder']._fold_merged(destination)
        return result


class KamStakeholder(models.Model):
    """A person who was on a map twice: ``_merge_accounts`` archived one row, which here hands over what the other lacks."""

    _inherit = 'kam.stakeholder'

    @api.model
    def _fold_merged(self, partner_id):
        """Join the rows of a merged contact, and look anew whether people of the merged account have left.

        The row which stays gets the reports and ties of the other, the later
        noted contact, and words where it has none.
        """
        people = self.sudo().with_context(active_test=False).search([  # sudo: merging is the wizard's right; maps follow
            '|', ('partner_id', '=', partner_id), ('contact_id', '=', partner_id)])
        self.env.add_to_compute(self._fields['has_left'], people)
        for kept in people.filtered(lambda person: person.active and person.contact_id):
            twins = people.filtered(lambda twin, kept=kept: not twin.active and (
                twin.partner_id, twin.contact_id, twin.company_id) == (kept.partner_id, kept.contact_id, kept.company_id))
            for twin in twins:
                kept._take_over(twin)
        people._sync_left()

    def _take_over(self, twin):
        """Give this row what a row of the same person had."""
        self.ensure_one()
        above = self.env['kam.stakeholder']
        boss = self.reports_to_id
        while boss and boss not in above:
            above |= boss
            boss = boss.reports_to_id
        (twin.report_ids - self - above).reports_to_id = self
        known = self.tie_ids.user_id | self.user_id
        twin.tie_ids.filtered(lambda tie: tie.user_id not in known).stakeholder_id = self
        vals = {name: twin[name] for name in ('noted_contact', 'remark', 'drivers', 'orientation') if twin[name] and not self[name]}
        if twin.noted_contact and self.noted_contact:
            vals['noted_contact'] = max(twin.noted_contact, self.noted_contact)
        if vals:
            self.write(vals)
