from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = 'account.journal'

    kam_closing_journal = fields.Boolean(
        "Closing entries", help="Entries of this journal carry a year's profit over: they are left out of the profit of key account figures.")
