from odoo import api, models


class KamKpiShipped(models.Model):
    """KPIs of the catalogue may be changed, copied and archived; they can be put back as they were shipped."""

    _name = 'kam.kpi'
    _inherit = ['kam.kpi', 'kam.shipped']

    _shipped_lines = ('check_ids',)


class KamKpiCheckShipped(models.Model):
    _inherit = 'kam.kpi.check'

    @api.model
    def _load_records(self, data_list, update=False):
        """At an upgrade: an outcome which a director removed from a KPI stays away."""
        if update:
            known = self.env['ir.model.data']._lookup_xmlids([data['xml_id'] for data in data_list if data.get('xml_id')], self)
            there = {f'{row[1]}.{row[2]}' for row in known if row[-1]}
            kept = self.env['kam.kpi'].browse({data['values'].get('kpi_id') for data in data_list} - {None}).filtered('is_changed_here')
            data_list = [
                data for data in data_list if data.get('xml_id') in there or data['values'].get('kpi_id') not in kept.ids]
        return super()._load_records(data_list, update)


class KamMeasureShipped(models.Model):
    """Measures of the catalogue likewise."""

    _name = 'kam.measure'
    _inherit = ['kam.measure', 'kam.shipped']
