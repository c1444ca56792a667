import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import remove_accents

from ..tools.formula import RESERVED

# Where documents usually say it, the best place first.
DATES = ('date_order', 'invoice_date', 'date', 'date_done', 'rated_on', 'end_datetime', 'start', 'create_date')
ACCOUNTS = ('commercial_partner_id', 'partner_id', 'customer_id', 'partner_ids')
AMOUNTS = ('amount_untaxed', 'price_subtotal', 'amount_total', 'expected_revenue', 'amount', 'balance', 'value', 'total', 'quantity')
NUMBERS = ('float', 'integer', 'monetary')


class KamMeasurePropose(models.Model):
    """What the form fills in by itself, so that a director has less to say; all of it can be changed."""

    _inherit = 'kam.measure'

    @api.onchange('name')
    def _onchange_name(self):
        if self.name and not self.code:
            self.code = self._free_code(self.name)

    @api.model
    def _free_code(self, name):
        """Return a code made of a name, which no measure has yet."""
        return free_code(name, self._ids_by_code(), "measure")

    @api.onchange('model_id')
    def _onchange_model_propose(self):
        """Propose where documents of this model say when, for whom, by whom and how much."""
        documents = self.env.get(self.model_id.model)
        if documents is None or self.model_id.model == self._origin.model_name:
            return
        self.update({
            'domain': '[]',
            'date_field': self._first_fitting(documents, DATES, ('date', 'datetime')),
            'account_path': self._proposed_account(documents),
            'company_path': self._first_fitting(documents, ['company_id'], ('res.company',)),
            'actor_path': self._first_fitting(documents, ['user_id'], ('res.users',)),
            'category_path': False, 'key_path': False, 'rate_field': False,
            'value_field': False,
        })
        self._onchange_aggregate()

    @api.onchange('aggregate')
    def _onchange_aggregate(self):
        documents = self.env.get(self.model_id.model)
        if self.aggregate == 'sum' and documents is not None and not self.value_field:
            self.value_field = self._first_fitting(documents, AMOUNTS, NUMBERS)
            self._onchange_value_field()

    @api.onchange('value_field')
    def _onchange_value_field(self):
        """An amount in the document's currency is divided by the document's rate, if it has one."""
        documents = self.env.get(self.model_id.model)
        if documents is None or not self.value_field or self._unfit(documents, self.value_field, NUMBERS):
            return
        self.monetary = self._path_field(documents, self.value_field).type == 'monetary'
        self.rate_field = self._first_fitting(documents, ['currency_rate', 'order_id.currency_rate'], ('float',)) if self.monetary else False

    @api.onchange('account_path')
    def _onchange_account_path(self):
        self.account_path = self._to_account(self.model_id.model, self.account_path)

    @api.onchange('kind')
    def _onchange_kind_reducer(self):
        if self.kind == 'flow' or self.kind == 'manual':
            self.reducer = 'sum'
        elif self.kind == 'observation' and self.reducer == 'sum':
            self.reducer = 'distinct'

    @api.model
    def _to_account(self, model_name, path):
        """A path which ends on a contact goes on to the company it belongs to: figures are kept by company."""
        documents = self.env.get(model_name)
        if documents is None or not path or path.split('.')[-1] == 'commercial_partner_id':
            return path
        unfit = self._unfit(documents, path, ('res.partner',))
        return path if unfit else f'{path}.commercial_partner_id'

    @api.model
    def _proposed_account(self, documents):
        """The path to the customer: named as usual, any contact, or the contact of the document this one is part of."""
        direct = self._first_fitting(documents, ACCOUNTS, ('res.partner',))
        if not direct:
            contacts = [name for name, field in documents._fields.items() if field.type == 'many2one' and field.comodel_name == 'res.partner']
            wholes = [f'{name}.partner_id' for name in ('order_id', 'move_id', 'lead_id', 'task_id', 'ticket_id')]
            direct = self._first_fitting(documents, [*contacts, *wholes], ('res.partner',))
        return self._to_account(documents._name, direct)

    @api.model
    def _first_fitting(self, documents, paths, kinds):
        """The first of these paths which exists, ends on one of the kinds and is the user's to read; False for none."""
        return next((path for path in paths if not self._unfit(documents, path, kinds)), False)

    @api.model
    def _unfit(self, documents, path, kinds):
        """Whether a path cannot be used for something."""
        try:
            field = self._path_field(documents, path)
            self._check_path(documents, path)
        except (UserError, KeyError):
            return True
        return field.type in ('many2many', 'one2many') or not {field.type, field.comodel_name} & set(kinds)

    def copy_data(self, default=None):
        """A copy is one's own: with another code, and facts of its own."""
        taken = set(self._ids_by_code())
        result = super().copy_data(default)
        for measure, vals in zip(self, result):
            if not (default or {}).get('code'):
                vals['code'] = free_code(f'{measure.code}_copy', taken, "measure")
                taken.add(vals['code'])
            if not (default or {}).get('name'):
                vals['name'] = self.env._("%(name)s (copy)", name=measure.name)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_account(vals, vals.get('model_name')) for vals in vals_list])

    def write(self, vals):
        if vals.get('account_path') and len(self) == 1:
            vals = self._with_account(vals, vals.get('model_name') or self.model_name)
        if vals.get('model_id') and not vals.get('source'):
            # Documents of another model are another group.
            vals = {**vals, 'source': self.env['ir.model'].sudo().browse(vals['model_id']).model}  # names only
        return super().write(vals)

    @api.model
    def _with_account(self, vals, model_name):
        if vals.get('model_id') and not model_name:
            model_name = self.env['ir.model'].sudo().browse(vals['model_id']).model  # names only
        return {**vals, 'account_path': self._to_account(model_name, vals['account_path'])} if vals.get('account_path') else vals


def free_code(name, taken, default):
    """Return a code of small letters, digits and underscores made of a name, unlike those taken."""
    code = re.sub(r'[^a-z0-9]+', '_', remove_accents(name.casefold())).strip('_')[:50] or default
    if not code[0].isalpha() or len(code) < 2:
        code = f'{default}_{code}'
    free, number = code, 1
    while free in taken or free in RESERVED:
        number += 1
        free = f'{code}_{number}'
    return free
