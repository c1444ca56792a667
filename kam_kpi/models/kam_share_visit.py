from odoo import api, fields, models

MONTHS_KEPT = 12


class KamShareVisit(models.Model):
    """Somebody of the customer looked at what was shared with them, once a day."""

    _name = 'kam.share.visit'
    _description = "Shared Page Seen"
    _order = 'date desc, id desc'
    _rec_name = 'contact_id'

    share_id = fields.Many2one('kam.share', required=True, ondelete='cascade')
    company_id = fields.Many2one(related='share_id.company_id', store=True)
    contact_id = fields.Many2one('res.partner', "Who", required=True, ondelete='cascade', index=True)
    date = fields.Date("On", required=True)

    _day_uniq = models.UniqueIndex('(share_id, contact_id, date)')

    @api.autovacuum
    def _gc(self):
        """Who looked when is forgotten after a year."""
        self.search([('date', '<', fields.Date.subtract(self.env.company._kam_today(), months=MONTHS_KEPT))]).unlink()
