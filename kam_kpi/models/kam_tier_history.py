from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

EVER = date(1970, 1, 1)


class KamTierHistory(models.Model):
    """Since when an account has a tier: what it was owed then is not what it is owed now.

    Written when a tier changes. An account without rows has had the one it has
    now since it became a key account.
    """

    _name = 'kam.tier.history'
    _description = "Tier of an Account over Time"
    _order = 'date_from desc, id desc'
    _log_access = False

    partner_id = fields.Many2one('res.partner', "Account", required=True, ondelete='cascade')
    tier_id = fields.Many2one('kam.tier', ondelete='cascade', index='btree_not_null')
    date_from = fields.Date(required=True)

    _account_idx = models.Index('(partner_id, date_from)')

    @api.model
    def _note(self, account, former, since=None):
        """Write down that an account's tier is another one from today on than the ``former``.

        :param since: the day from which an account that never had a tier has its first one, if that is earlier
        """
        history = self.sudo()  # whoever may change the tier writes its history along
        day = (account.company_id or self.env.company)._kam_today()
        rows = history.search([('partner_id', '=', account.id)])
        if not rows and former:
            history.create({'partner_id': account.id, 'tier_id': former.id, 'date_from': EVER})
        elif not rows and since:
            day = min(day, since)
        today = rows.filtered(lambda row: row.date_from == day)[:1]
        if today:
            today.tier_id = account.kam_tier_id
        else:
            history.create({'partner_id': account.id, 'tier_id': account.kam_tier_id.id, 'date_from': day})

    @api.model
    def _catch_up(self):
        """Write down changes which nobody noted: imports by SQL, companies that were contacts for a while."""
        self.env.flush_all()
        self.env.cr.execute(SQL(
            """INSERT INTO kam_tier_history (partner_id, tier_id, date_from)
               SELECT p.id, p.kam_tier_id, %s
                 FROM res_partner p
                 JOIN LATERAL (SELECT h.tier_id FROM kam_tier_history h WHERE h.partner_id = p.id ORDER BY h.date_from DESC, h.id DESC LIMIT 1) last ON TRUE
                WHERE p.is_key_account AND p.commercial_partner_id = p.id AND last.tier_id IS DISTINCT FROM p.kam_tier_id""",
            self.env.company._kam_today()))
        self.invalidate_model()

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """The account that stays keeps its own history."""
        self.env.cr.execute(SQL("DELETE FROM kam_tier_history WHERE partner_id = ANY(%s)", source_ids))
        self.invalidate_model()
