import ast
import re

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .kam_measure import DEFINITION

# What a measure never reads, whoever asks: settings, people's accounts, correspondence, and our own results.
REFUSED = re.compile(r"""
    (?: ir | bus | base | base_import | auth[\w]* | iap | discuss | fetchmail | digest | onboarding | report | sms | web[\w]* ) \. .*
  | res\.(?: users | groups | config | device | company | currency ) (?: \. .* )?
  | mail\.(?: mail | message | notification | tracking | followers | alias | ice | push | link | presence | guest | template ) (?: [._] .* )?
  | kam\.(?: fact | kpi | measure | explain | demo ) (?: \. .* )?
    """, re.VERBOSE)
# What of a definition says which documents and fields are read.
READS = DEFINITION - {'active', 'sign', 'source', 'kind', 'method'}
# What a path or a filter may say of people and companies on its way.
OF_PEOPLE = {'id', 'name', 'active', 'share', 'partner_id', 'commercial_partner_id', 'company_id', 'sale_team_id', 'create_date'}
FIXED_DAY = re.compile(r'\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?')
HIERARCHY = ('child_of', 'parent_of')


class KamMeasureGuard(models.Model):
    """What a measure may read, checked against the rights of whoever defines it.

    Facts are worked out for everybody, without anybody's access rules. So a
    definition holds only what its author may read: model by model along each
    path, and field by field. It holds nothing that depends on the reader or on
    today either, else the figures would.
    """

    _inherit = 'kam.measure'

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access('create')  # who defines nothing learns nothing of the definition
        for vals in vals_list:
            self._check_model(vals)
        measures = super().create(vals_list)
        measures._check_author()
        return measures

    def write(self, vals):
        self.check_access('write')
        self._check_model(vals)
        result = super().write(vals)
        if READS.intersection(vals):
            self._check_author()
        return result

    @api.model
    def _check_model(self, vals):
        """Refuse documents which the user may not measure, before anything else is said about them."""
        model_name = vals.get('model_name') or self.env['ir.model'].sudo().browse(vals.get('model_id')).model  # its name only
        problem = not self.env.su and vals.get('kind') != 'manual' and self._model_problem(model_name)
        if problem:
            raise ValidationError(problem)

    def _check_author(self):
        """Refuse what the user may not read themselves; constraints cannot, for they run without anybody's rights."""
        for measure in self:
            if not self.env.su and measure.engine == 'aggregate' and not measure.base_id and measure.model_name in self.env:
                measure._check_paths()

    @api.model
    def _domain_model_id(self):
        """The models which the user may choose as documents."""
        return [('model', 'in', sorted(name for name in self.env.registry if not self._model_problem(name)))]

    @api.model
    def _model_problem(self, model_name):
        """Say why the user cannot measure the records of a model; False when nothing is in the way."""
        documents = self.env.get(model_name)
        if documents is None:
            return False
        label = documents._description
        if documents._abstract or documents._transient or not documents._auto or type(documents)._table_query is not None:
            return self.env._("“%(model)s” keeps no documents of its own: choose what it is made of.", model=label)
        if REFUSED.fullmatch(model_name):
            return self.env._("“%(model)s” cannot be measured: it holds settings, people's accounts or correspondence.", model=label)
        if not documents.has_access('read'):
            return self.env._("You may not read “%(model)s”: choose other documents, or ask an administrator for access.", model=label)
        return False

    def _check_paths(self):
        self._check_readable()
        super()._check_paths()

    def _check_readable(self):
        """Refuse models, paths and filters which the user may not read, or whose answer depends on who asks and when."""
        self.ensure_one()
        self._check_model({'model_name': self.model_name})
        documents = self.env[self.model_name]
        for path in filter(None, (
                self.date_field, self.account_path, self.company_path, self.actor_path, self.category_path,
                self.value_field if self.aggregate == 'sum' else '', self.key_path, self.rate_field)):
            self._path_field(documents, path)
            self._check_path(documents, path)
        self._check_conditions(documents, self._parsed_domain())

    def _check_path(self, documents, path):
        """Refuse a path of which a part is not stored or not the user's to read; the part is named."""
        model = documents
        for part in path.split('.'):
            field = model._fields[part]
            self._check_field(documents, model, field, path)
            if not field.comodel_name:
                break
            model = self.env[field.comodel_name]

    def _check_field(self, documents, model, field, path):
        problem = False
        public = getattr(documents, '_get_public_fields', None)
        hidden = REFUSED.fullmatch(model._name) and field.name not in OF_PEOPLE and not self.env.su
        if hidden or not model.has_access('read') or not model._has_field_access(field, 'read'):
            problem = self.env._("“%(part)s” in “%(path)s” is not yours to read: leave it out, or ask an administrator for access.")
        elif public and model._name == documents._name and not self.env.su and field.name not in public():
            problem = self.env._("“%(part)s” in “%(path)s” may be private to the people concerned: leave it out.")
        elif not self._origin_field(field).store or field.company_dependent:
            problem = self.env._("“%(part)s” in “%(path)s” is worked out anew for each reader: choose a field that is stored.")
        if problem:
            raise ValidationError(problem % {'part': field.string or field.name, 'path': path})

    @api.model
    def _origin_field(self, field):
        """The field where a related field's value is stored."""
        while field.related and not field.store:
            field = field.related_field
        return field

    def _check_conditions(self, documents, domain):
        """Refuse a filter with unknown, hidden or moving parts; each is named."""
        for condition in domain.iter_conditions():
            field = self._condition_field(documents, condition.field_expr)
            values = condition.value if isinstance(condition.value, (list, tuple, set, frozenset)) else [condition.value]
            if condition.operator in ('any', 'not any') and field.comodel_name:
                self._check_conditions(self.env[field.comodel_name], Domain(condition.value))
            elif condition.operator in ('any', 'not any') or condition.operator.endswith('!'):
                raise ValidationError(self.env._("“%(operator)s” is not a comparison of the filter.", operator=condition.operator))
            elif field.type in ('date', 'datetime') and condition.field_expr.split('.')[-1] == field.name:
                for value in values:
                    if isinstance(value, str) and not FIXED_DAY.fullmatch(value):
                        raise ValidationError(self.env._(
                            "“%(value)s” in the filter moves with the calendar: name a fixed day, or leave it to the period of the KPI.",
                            value=value))
        try:
            domain.validate(documents)
        except (UserError, ValueError, TypeError, KeyError) as error:
            raise ValidationError(self.env._(
                "The filter of measure “%(measure)s” does not work: %(error)s", measure=self.name, error=error)) from error

    def _condition_field(self, documents, path):
        """The field a condition of the filter is about; ValidationError naming the part that is wrong."""
        model, field = documents, None
        for part in path.split('.'):
            if field is not None and not field.comodel_name:
                break  # part of a date, or a property
            model = self.env[field.comodel_name] if field is not None else documents
            field = model._fields.get(part)
            if field is None:
                raise ValidationError(self.env._(
                    "“%(part)s” in the filter is not a field of %(model)s: choose another one.", part=part, model=model._description))
            self._check_field(documents, model, field, path)
        return field

    def _parsed_domain(self):
        try:
            return super()._parsed_domain()
        except ValidationError:
            words = self._moving_words()
            if not words:
                raise
            raise ValidationError(self.env._(
                "“%(word)s” in the filter depends on who looks and when: choose a fixed value.", word=words[0])) from None

    def _moving_words(self):
        """The words of the filter which stand for something else, such as the current user."""
        try:
            tree = ast.parse((self.domain or '[]').strip(), mode='eval')
        except (SyntaxError, ValueError):
            return []
        return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in ('True', 'False', 'None')]
