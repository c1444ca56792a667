import io
from copy import deepcopy

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.modules import Manifest
from odoo.tools import file_open
from odoo.tools.convert import convert_xml_import

MODULE = 'kam_kpi'


class KamShipped(models.AbstractModel):
    """Definitions that come with the addon: they may be changed and archived, not deleted, and can be put back.

    A record that a person changes is left alone by upgrades from then on;
    all others follow the addon.
    """

    _name = 'kam.shipped'
    _description = "Shipped definition"

    # Stored one2many fields whose lines belong to the definition.
    _shipped_lines = ()

    is_shipped = fields.Boolean("Comes with the addon", compute='_compute_is_shipped', compute_sudo=True)
    is_changed_here = fields.Boolean("Changed here", compute='_compute_is_shipped', compute_sudo=True)

    def _compute_is_shipped(self):
        data = self._shipped_data()
        changed = {row.res_id for row in data if row.noupdate}
        for record in self:
            record.is_shipped = record._origin.id in set(data.mapped('res_id'))
            record.is_changed_here = record._origin.id in changed

    def _shipped_data(self):
        """The external ids which the addon gave to these records and to their lines."""
        return self.env['ir.model.data'].sudo().search([  # only where a definition comes from
            ('module', '=', MODULE), ('model', '=', self._name), ('res_id', 'in', self._origin.ids)]).filtered(
                lambda row: not row.name.endswith('_demo'))

    def write(self, vals):
        result = super().write(vals)
        if not self.env.context.get('install_mode') and not self.env.context.get('kam_derived') and self._defining(vals):
            self._keep_changes()
        return result

    @api.model
    def _defining(self, vals):
        """The fields among ``vals`` which are part of the definition."""
        return {name for name in vals if name in self._fields and self._fields[name].copy is not False or name == 'code'}

    def _keep_changes(self):
        """Have upgrades leave these records alone, and their lines."""
        data = self._shipped_data()
        for name in self._shipped_lines:
            lines = self.browse(data.mapped('res_id'))[name]
            data |= self.env['ir.model.data'].sudo().search([  # as above
                ('module', '=', MODULE), ('model', '=', lines._name), ('res_id', 'in', lines.ids)])
        data.filtered(lambda row: not row.noupdate).noupdate = True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        for record in self:
            if record.is_shipped:
                raise UserError(self.env._(
                    "“%(name)s” comes with the addon and would come back with its next version: archive it instead.", name=record.display_name))

    def action_reset_to_shipped(self):
        """Put back the definition as the addon ships it; the same right as changing it is needed."""
        self.check_access('write')
        for record in self:
            name = record._shipped_data()[:1].name
            element = name and record._shipped_element(name)
            if element is None or not name:
                raise UserError(self.env._("“%(name)s” does not come with the addon: there is nothing to go back to.", name=record.display_name))
            record._reset_to(element)
        return True

    def _shipped_element(self, name):
        """The XML of the record and of its lines, or None."""
        found = etree.Element('odoo')
        for path in Manifest.for_addon(MODULE)['data']:
            if not path.startswith('data/'):
                continue
            with file_open(f'{MODULE}/{path}', 'rb') as file:
                for record in etree.parse(file).iterfind('.//record'):
                    is_line = any(field.get('ref') == name and field.get('name') in self._shipped_inverses() for field in record.iterfind('field'))
                    if record.get('id') == name or is_line:
                        found.append(deepcopy(record))
        return found if len(found) else None

    def _shipped_inverses(self):
        return {self._fields[name].inverse_name for name in self._shipped_lines}

    def _reset_to(self, element):
        """Load the record from its XML, with defaults for what the XML does not say."""
        loaded = self.sudo().with_context(install_mode=True, tracking_disable=False)  # the caller may write; external ids are closed to people
        said = {field.get('name') for record in element.iterfind('record') if record.get('model') == self._name for field in record.iterfind('field')}
        names = [
            name for name, field in self._fields.items()
            if field.store and field.copy is not False and not field.compute and name not in said
            and name not in models.MAGIC_COLUMNS and name not in self._shipped_lines and field.type not in ('one2many', 'many2many')]
        defaults = loaded.default_get(names)
        data = loaded._shipped_data()
        for name in self._shipped_lines:
            loaded[name].unlink()
        data.noupdate = False
        loaded.write({name: defaults.get(name, False) for name in names})
        file = io.BytesIO(etree.tostring(element))
        file.name = f'{MODULE}/data'
        convert_xml_import(loaded.env, MODULE, file, mode='init')
        self.invalidate_recordset()
