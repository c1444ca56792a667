from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.misc import format_date


class KamMeasureEntry(models.Model):
    """What somebody typed for a measure: an amount for an account and a month.

    Without an account it belongs to the company as a whole. ``month`` is its
    first day, whichever day was typed; amounts of a monetary measure are in
    the currency of the company. Nothing typed is nothing known: no entry is
    ever made up.
    """

    _name = 'kam.measure.entry'
    _description = "Typed Amount"
    _order = 'month desc, measure_id, partner_id, id'

    measure_id = fields.Many2one(
        'kam.measure', required=True, ondelete='restrict', index=True, domain="[('kind', '=', 'manual')]",
        default=lambda self: self._default_measure_id())
    partner_id = fields.Many2one(
        'res.partner', "Account", ondelete='cascade', index='btree_not_null', domain="[('is_company', '=', True)]",
        help="Empty: it belongs to no account, but to the company as a whole.")
    month = fields.Date(required=True, default=lambda self: self.env.company._kam_today().replace(day=1), help="Any day of the month.")
    amount = fields.Float(required=True, digits=(16, 2))
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True, default=lambda self: self.env.company)
    note = fields.Char(help="Where the figure comes from.")
    user_id = fields.Many2one('res.users', "Typed by", readonly=True, ondelete='restrict', index=True, default=lambda self: self.env.user)

    _place_idx = models.UniqueIndex(
        '(measure_id, COALESCE(partner_id, 0), month, company_id)',
        "There is an amount for this measure, account and month already: change that one.")

    @api.model
    def _default_measure_id(self):
        """The only typed measure there is, if it is the only one."""
        measures = self.env['kam.measure'].search([('kind', '=', 'manual')], limit=2)
        return measures.id if len(measures) == 1 else False

    @api.depends('measure_id', 'month', 'note')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for entry in self:
            parts = [entry.measure_id.name, entry.month and format_date(self.env, entry.month, date_format='MMM y'), entry.note]
            entry.display_name = ", ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._in_place(vals) for vals in vals_list])

    def write(self, vals):
        changed = {'user_id': self.env.uid} if {'amount', 'month', 'partner_id', 'measure_id'}.intersection(vals) else {}
        result = super().write({**self._in_place(vals), **changed})
        self.check_access('write')  # the rules look at where an amount was; it may not be moved out of reach either
        return result

    @api.model
    def _in_place(self, vals):
        """The values with the first of the month, and the company a contact belongs to."""
        vals = dict(vals)
        if vals.get('month'):
            vals['month'] = fields.Date.to_date(vals['month']).replace(day=1)
        if vals.get('partner_id'):
            vals['partner_id'] = self.env['res.partner'].browse(vals['partner_id']).commercial_partner_id.id
        return vals

    @api.constrains('measure_id')
    def _check_measure(self):
        for entry in self:
            if entry.measure_id.kind != 'manual':
                raise ValidationError(self.env._(
                    "“%(measure)s” is worked out from documents: amounts are typed for measures of the kind “%(kind)s” only.",
                    measure=entry.measure_id.name, kind=dict(entry.measure_id._fields['kind']._description_selection(self.env))['manual']))

    @api.constrains('month')
    def _check_month(self):
        for entry in self:
            if entry.month > self.env.company._kam_today():
                raise ValidationError(self.env._(
                    "%(month)s has not begun: type what happened up to now.", month=format_date(self.env, entry.month, date_format='MMMM y')))

    @api.constrains('partner_id', 'company_id')
    def _check_company(self):
        for entry in self:
            owner = entry.partner_id.company_id
            if owner and owner != entry.company_id:
                raise ValidationError(self.env._(
                    "“%(account)s” belongs to %(owner)s: type the amount there.", account=entry.partner_id.display_name, owner=owner.name))

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Before contacts are merged: amounts for the same measure and month become one."""
        self.env.cr.execute(SQL(
            """WITH same AS (
                   SELECT (array_agg(id ORDER BY partner_id = %(destination)s DESC, id))[1] AS kept, array_agg(id) AS ids,
                          SUM(amount) AS amount, string_agg(note, '; ' ORDER BY id) AS note
                     FROM kam_measure_entry WHERE partner_id = ANY(%(partners)s)
                    GROUP BY measure_id, month, company_id HAVING COUNT(*) > 1),
               gone AS (DELETE FROM kam_measure_entry e USING same s WHERE e.id = ANY(s.ids) AND e.id <> s.kept)
               UPDATE kam_measure_entry e SET amount = s.amount, note = s.note FROM same s WHERE e.id = s.kept""",
            destination=destination_id, partners=[*source_ids, destination_id]))
        self.invalidate_model()
