from odoo import models

from ..tools import formula

SYMBOLS = {'+': "+", '-': "−", '*': "×", '/': "÷"}


class KamKpiWords(models.Model):
    """A KPI's formulas as a sentence, with the names of the measures in place of their codes."""

    _inherit = 'kam.kpi'

    def _formula_words(self, text):
        """Return a formula in words, or False when it is empty or not understood (yet)."""
        try:
            tree = formula.parse(text)
        except formula.FormulaError:
            return False
        codes = {term.measure for term in formula.terms(tree)}
        measures = self.env['kam.measure'].with_context(active_test=False).search([('code', 'in', list(codes))])
        return self._words_of(tree, {measure.code: measure.name for measure in measures})

    def _words_of(self, node, names, inside=False):
        """Return the words of a node; ``inside`` puts brackets around what would read ambiguously."""
        words = getattr(self, f'_words_{type(node).__name__.lower()}')(node, names)
        return f"({words})" if inside and isinstance(node, (formula.Arithmetic, formula.Choice, formula.Boolean)) else words

    def _words_number(self, node, names):
        return f"{node.value:g}"

    def _words_builtin(self, node, names):
        return self.env._("months") if node.name == 'months' else self.env._("accounts")

    def _words_term(self, node, names):
        name = names.get(node.measure, node.measure)
        if node.level == 'account':
            name = self.env._("%(measure)s of the whole account", measure=name)
        elif node.level == 'company':
            name = self.env._("%(measure)s of the whole company", measure=name)
        return {
            '': "%(measure)s",
            'prior': self.env._("%(measure)s [window before]"),
            'last_year': self.env._("%(measure)s [a year earlier]"),
            'before': self.env._("%(measure)s [ever before]"),
        }[node.shift] % {'measure': name}

    def _words_arithmetic(self, node, names):
        left, right = self._words_of(node.left, names, inside=True), self._words_of(node.right, names, inside=True)
        if node.operator == '-' and node.left == formula.Number(0):
            return f"−{right}"
        return f"{left} {SYMBOLS[node.operator]} {right}"

    def _words_comparison(self, node, names):
        pattern = {
            '<': self.env._("%(left)s is below %(right)s"),
            '<=': self.env._("%(left)s is at most %(right)s"),
            '>': self.env._("%(left)s is above %(right)s"),
            '>=': self.env._("%(left)s is at least %(right)s"),
            '=': self.env._("%(left)s is %(right)s"),
            '<>': self.env._("%(left)s is not %(right)s"),
        }[node.operator]
        return pattern % {'left': self._words_of(node.left, names, inside=True), 'right': self._words_of(node.right, names, inside=True)}

    def _words_boolean(self, node, names):
        operands = [self._words_of(operand, names, inside=True) for operand in node.operands]
        if node.operator == 'not':
            return self.env._("not %(condition)s", condition=operands[0])
        word = self.env._(" and ") if node.operator == 'and' else self.env._(" or ")
        return word.join(operands)

    def _words_choice(self, node, names):
        return self.env._(
            "%(yes)s if %(condition)s, else %(no)s",
            yes=self._words_of(node.yes, names, inside=True), condition=self._words_of(node.condition, names),
            no=self._words_of(node.no, names, inside=True))

    def _words_extreme(self, node, names):
        operands = self.env._(" and ").join(self._words_of(operand, names) for operand in node.operands)
        if node.operator == 'min':
            return self.env._("the smaller of %(figures)s", figures=operands)
        return self.env._("the larger of %(figures)s", figures=operands)
