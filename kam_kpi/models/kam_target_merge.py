from odoo import api, models


class KamTargetMerge(models.Model):
    """What happens to targets when their accounts are merged into one."""

    _inherit = 'kam.target'

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Make room before accounts are merged: of two targets for the same, the destination's stays.

        The other one is archived, with its history, since the unique index
        would stop the merge. The partner itself is changed by the merge.
        """
        destination = self.env['res.partner'].browse(destination_id)
        targets = self.sudo().with_context(active_test=False).search([  # sudo: targets of all companies move along
            ('partner_id', 'in', [*source_ids, destination_id]), ('active', '=', True)])
        taken = set()
        for target in targets.sorted(lambda target: (target.partner_id != destination, target.id)):
            key = (target.kpi_id, target.company_id, target.date_start, target.date_end)
            if key in taken:
                target.write({
                    'active': False,
                    'change_reason': self.env._(
                        "%(account)s was merged into %(destination)s, which has this target.",
                        account=target.partner_id.display_name, destination=destination.display_name),
                })
            taken.add(key)
        for target in targets.filtered(lambda target: target.partner_id != destination):
            target._log(
                'partner_id', target.partner_id.display_name, destination.display_name, self.env._("Merged accounts"))
