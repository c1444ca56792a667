from odoo.tests import HttpCase, tagged

from .share_common import ShareCase


@tagged('post_install', '-at_install')
class TestShareTour(ShareCase, HttpCase):
    """A plan is shared, read, answered and taken back, each in the browser of who does it."""

    def test_from_sharing_to_revoking(self):
        self.share.sudo().unlink()
        self.start_tour(f'/odoo/action-kam_kpi.kam_plan_action/{self.plan.id}', 'kam_share_plan_tour', login=self.anna.login)
        share = self.env['kam.share'].search([('plan_id', '=', self.plan.id)])
        self.assertEqual((share.contact_ids, share.state), (self.carla, 'open'))
        self.start_tour('/my/home', 'kam_share_customer_tour', login='portal_carla')
        self.env.invalidate_all()
        self.assertEqual((self.theirs.reported_by_id, share.comment_ids.body), (self.carla, "We look forward to it"))
        self.start_tour('/odoo/kam-shared', 'kam_share_back_tour', login=self.anna.login)
        self.env.invalidate_all()
        self.assertEqual((share.state, share.revoked_by_id), ('revoked', self.anna))
        self.assertFalse(self.visible_to(self.carla))
