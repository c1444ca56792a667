from odoo import fields, models


class KamTargetImportLine(models.TransientModel):
    """What was found in a row of a file: where, and what to do about it."""

    _name = 'kam.target.import.line'
    _description = "Finding in a File of Targets"
    _order = 'row, id'

    wizard_id = fields.Many2one('kam.target.import', required=True, ondelete='cascade')
    row = fields.Integer(help="As a spreadsheet counts: the header is row 1.")
    column = fields.Char()
    message = fields.Char("What to do", required=True)
    severity = fields.Selection([('error', "Bad"), ('warning', "Look again")], required=True, default='error')
