import re
from difflib import get_close_matches

from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools import formula

CODE = re.compile(r'[a-z][a-z0-9_]{1,62}')
FORMULA_FIELDS = ('numerator', 'denominator', 'coverage', 'coverage_denominator', 'sample', 'squares')


class KamKpiFormula(models.Model):
    """Checks a KPI's formulas when it is saved, and keeps which measures they use."""

    _inherit = 'kam.kpi'

    def _formulas(self):
        """Yield (what, text) of the formulas that are filled in."""
        self.ensure_one()
        for name in FORMULA_FIELDS:
            if self[name]:
                yield self._fields[name]._description_string(self.env), self[name]
        for check in self.check_ids:
            yield self.env._("Outcome %(code)s", code=check.code), check.formula

    def _formula_errors(self):
        """Return what is wrong with the formulas, one sentence each, in words a director understands."""
        self.ensure_one()
        errors = []
        if not self.method and not self.numerator:
            errors.append(self.env._("The numerator is missing: say what the KPI counts."))
        measures = self.env['kam.measure'].with_context(active_test=False).search([])
        known = {measure.code: measure.active for measure in measures}
        for label, text in self._formulas():
            try:
                terms = formula.terms(formula.parse(text))
            except formula.FormulaError as error:
                errors.append(self.env._("%(formula)s: %(problem)s", formula=label, problem=self._formula_problem(error)))
                continue
            used = sorted({term.measure for term in terms})
            errors += [self._unknown_measure(label, word, known) for word in used if word not in known]
            errors += [
                self.env._("%(formula)s: measure “%(word)s” is archived: bring it back, or use another one.", formula=label, word=word)
                for word in used if not known.get(word, True)]
        return errors

    @api.model
    def _unknown_measure(self, label, word, known):
        """Say that there is no such measure, and which one may be meant."""
        similar = get_close_matches(word, [code for code, active in known.items() if active], n=2, cutoff=0.7)
        if not similar:
            return self.env._("%(formula)s: there is no measure “%(word)s”.", formula=label, word=word)
        return self.env._(
            "%(formula)s: there is no measure “%(word)s”. Did you mean %(similar)s?", formula=label, word=word,
            similar=self.env._(" or ").join(f"“{code}”" for code in similar))

    @api.model
    def _formula_problem(self, error):
        """Say a :class:`FormulaError` in words."""
        word = error.word
        return {
            'empty': self.env._("it is empty."),
            'too_long': self.env._("it is longer than a thousand characters."),
            'syntax': self.env._("“%(word)s” is not complete: look for a missing bracket, sign or word.", word=word),
            'not_allowed': self.env._("“%(word)s” is not part of the formula language.", word=word),
            'needs_brackets': self.env._("“%(word)s” needs what it applies to in brackets.", word=word),
            'unknown_function': self.env._("there is no function “%(word)s”.", word=word),
            'arguments': self.env._("“%(word)s” has the wrong number of parts in its brackets.", word=word),
            'nested': self.env._("“%(word)s” cannot stand inside another one of its kind.", word=word),
        }[error.kind]

    # The code is in each new KPI, so that one without any formula is noticed as well.
    @api.constrains(*FORMULA_FIELDS, 'check_ids', 'method', 'code', 'part_ids')
    def _check_formulas(self):
        for kpi in self:
            if errors := kpi._formula_errors():
                raise ValidationError("\n".join([self.env._("KPI “%(kpi)s” cannot be computed.", kpi=kpi.name), *errors]))
            kpi._keep_measures()

    def _keep_measures(self):
        """Remember the measures in use, so that none of them can be deleted."""
        codes = {term.measure for _label, text in self._formulas() for term in formula.terms(formula.parse(text))}
        measures = self.env['kam.measure'].with_context(active_test=False).search([('code', 'in', sorted(codes))]) | self.part_ids.measure_ids
        if measures != self.measure_ids:
            self.measure_ids = measures

    @api.constrains('name', 'code')
    def _check_names(self):
        for kpi in self:
            if not kpi.name.strip() or not CODE.fullmatch(kpi.code):
                raise ValidationError(self.env._(
                    "Give the KPI a name, and a code of small letters, digits and underscores: “%(code)s” is none.", code=kpi.code))

    @api.constrains('min_coverage', 'min_sample', 'scale', 'green_from', 'amber_from')
    def _check_limits(self):
        for kpi in self:
            if not 0 <= kpi.min_coverage <= 1 or kpi.min_sample < 0:
                raise ValidationError(self.env._("The minimum coverage lies between 0 and 1, and the minimum sample is not negative."))
            if not abs(kpi.scale) < 1e9 or kpi.scale == 0:
                raise ValidationError(self.env._("The scale of “%(kpi)s” must be a number other than 0.", kpi=kpi.name))
            if not kpi.amber_from <= kpi.green_from:
                raise ValidationError(self.env._("Amber begins below green: change the limits of “%(kpi)s”.", kpi=kpi.name))
