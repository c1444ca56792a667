from odoo import api, fields, models

from ..tools import formula, fraction
from .kam_kpi_query_reduce import COUNTED_ANEW
from .kam_measure_propose import free_code


class KamKpiLive(models.Model):
    """What happens on the form while a KPI is being defined: measures in use, proposals and hints."""

    _inherit = 'kam.kpi'

    used_measure_ids = fields.Many2many('kam.measure', string="Measures in use", compute='_compute_used_measure_ids')
    formula_hint = fields.Text("Worth a look", compute='_compute_formula_hint')

    @api.depends('numerator', 'denominator', 'coverage', 'coverage_denominator', 'sample', 'squares', 'check_ids.formula')
    def _compute_used_measure_ids(self):
        for kpi in self:
            kpi.used_measure_ids = kpi._measures_of(text for _label, text in kpi._formulas())

    @api.model
    def _measures_of(self, texts):
        """The measures in these formulas, in the order they appear; formulas that are not understood (yet) have none."""
        by_code = self.env['kam.measure']._ids_by_code()
        ids = []
        for text in filter(None, texts):
            try:
                ids += [by_code[term.measure] for term in formula.terms(formula.parse(text)) if term.measure in by_code]
            except formula.FormulaError:
                continue
        return self.env['kam.measure'].browse(dict.fromkeys(ids))

    @api.depends('numerator', 'denominator', 'roll_up', 'unit', 'scale', 'used_measure_ids')
    @api.depends_context('lang')
    def _compute_formula_hint(self):
        for kpi in self:
            kpi.formula_hint = "\n".join(kpi._hints()) or False

    def _hints(self):
        """Return what is allowed but hardly meant, one sentence each."""
        self.ensure_one()
        hints = []
        if not self.denominator and self.roll_up == 'sum' and fraction.has_division(self.numerator):
            hints.append(self.env._(
                "The figure of a team is the sum of its accounts' fractions. Write what is divided by into the denominator to have the fraction of the sums."))
        if self.denominator and self.roll_up == 'sum':
            hints.append(self.env._("The figure of a team would be the sum of its accounts' ratios: “Ratio of the sums” is usual."))
        if self.roll_up == 'sum' and not self.per_account and any(measure.reducer in COUNTED_ANEW for measure in self.used_measure_ids):
            hints.append(self.env._("Something is counted once each: the figure of a team is not the sum of its accounts', choose “Counted anew”."))
        if self.unit == 'percent' and self.denominator and self.scale == 1:
            hints.append(self.env._("A percentage usually has the scale 100."))
        hints += [
            self.env._("Measure “%(measure)s” has no figures at the moment: %(reason)s", measure=measure.name,
                       reason=measure.state_reason or self.env._("its documents are not installed."))
            for measure in self.used_measure_ids if measure.state != 'ok']
        waiting = self._measures_being_made()
        if waiting:
            hints.append(self.env._(
                "The documents of %(measures)s are still to be added up: refresh the figures, or wait a minute.",
                measures=", ".join(f"“{measure.name}”" for measure in waiting)))
        return hints

    def _measures_being_made(self):
        """The measures in use whose facts are queued to be made as a whole."""
        sources = {measure.source: measure for measure in self.used_measure_ids}
        queued = self.env['kam.fact.queue'].sudo().search([('everything', '=', True), ('source', 'in', list(sources))])  # sources only
        return [sources[source] for source in dict.fromkeys(queued.mapped('source'))]

    @api.onchange('name')
    def _onchange_name(self):
        if self.name and not self.code:
            taken = self.with_context(active_test=False).sudo().search([]).mapped('code')  # codes are no secret
            self.code = free_code(self.name, taken, "kpi")

    @api.onchange('numerator')
    def _onchange_numerator(self):
        """Take a fraction apart: ratios of many accounts are made from the sums above and below."""
        parts = not self.denominator and fraction.split(self.numerator)
        if parts:
            scale, self.numerator, self.denominator = parts
            if scale != 1:
                self.scale = scale
        self._propose_kind()

    @api.onchange('denominator')
    def _onchange_denominator(self):
        self._propose_kind()

    def _propose_kind(self):
        """Propose unit and roll-up by what is divided by what; only on new KPIs, and only what was not chosen yet."""
        if self._origin.id:
            return
        above, below = self._measures_of([self.numerator]), self._measures_of([self.denominator])
        if below:
            self.roll_up = 'ratio'
            money = all(above.mapped('monetary')) and all(below.mapped('monetary'))
            if self.unit in ('count', 'currency', 'ratio'):
                self.unit = 'percent' if above and money or self.scale == 100 else 'ratio'
            if self.unit == 'percent' and self.scale == 1:
                self.scale = 100
        elif above:
            anew = any(measure.reducer in COUNTED_ANEW for measure in above)
            self.roll_up = 'none' if anew else 'sum'
            if self.unit in ('count', 'currency'):
                self.unit = 'currency' if all(above.mapped('monetary')) else 'count'
            self.flow = not anew and self.window == 'period'

    def copy_data(self, default=None):
        """A copy is one's own: with another code, and archived targets and history left behind."""
        taken = set(self.with_context(active_test=False).sudo().search([]).mapped('code'))  # codes are no secret
        result = super().copy_data(default)
        for kpi, vals in zip(self, result):
            if not (default or {}).get('code'):
                vals['code'] = free_code(f'{kpi.code}_copy', taken, "kpi")
                taken.add(vals['code'])
            if not (default or {}).get('name'):
                vals['name'] = self.env._("%(name)s (copy)", name=kpi.name)
        return result
