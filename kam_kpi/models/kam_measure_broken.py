import logging

import psycopg2
from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# The transaction is lost, or another one is in the way: no fault of the definition.
PASSING = (
    errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable, errors.QueryCanceled, errors.InFailedSqlTransaction,
    psycopg2.InterfaceError, errors.AdminShutdown, errors.DiskFull, errors.OutOfMemory)


class KamMeasureBroken(models.Model):
    """A measure whose definition does not work (any more): it has no facts, says why, and the others go on."""

    _inherit = 'kam.measure'

    state = fields.Selection(selection_add=[('broken', "Does not work")], compute_sudo=True)
    state_reason = fields.Text("What is wrong", compute='_compute_state', compute_sudo=True)
    failure = fields.Text(readonly=True, copy=False, help="What the database said when the facts were made last.")

    @api.depends('model_name', 'failure', 'engine', 'base_id', 'domain', 'date_field', 'account_path', 'company_path', 'actor_path',
                 'category_path', 'value_field', 'aggregate')
    @api.depends_context('lang')
    def _compute_state(self):
        super()._compute_state()
        for measure in self:
            measure.state_reason = False
            if measure.state == 'ok':
                measure.state_reason = measure._definition_problem() or measure.failure
                measure.state = 'broken' if measure.state_reason else 'ok'

    def _definition_problem(self):
        """Say what of the definition leads nowhere in this database; False when it can be computed."""
        self.ensure_one()
        if self.engine != 'aggregate' or self.base_id or not self.model_name or not self.date_field:
            return False
        try:
            self._check_paths()
        except (UserError, ValueError, KeyError, AttributeError) as error:
            return str(error)
        return False

    @api.constrains('aggregate', 'value_field')
    def _check_value_field(self):
        for measure in self:
            if measure.engine == 'aggregate' and not measure.base_id and measure.aggregate == 'sum' and not measure.value_field:
                raise ValidationError(self.env._("Choose the field that measure “%(measure)s” adds up.", measure=measure.name))

    @api.constrains('active')
    def _check_unused(self):
        for measure in self.filtered(lambda measure: not measure.active):
            users = measure.kpi_ids.filtered('active').mapped('name') + self.search([('base_id', '=', measure.id)]).mapped('name')
            if users:
                raise ValidationError(self.env._(
                    "Measure “%(measure)s” is used by %(users)s: change or archive these first.", measure=measure.name, users=", ".join(users)))
            # Nobody keeps the facts up to date any more; they come back with the measure.
            measure._drop_facts()

    def _drop_facts(self):
        for table in ('kam_fact', 'kam_fact_category'):
            self.env.cr.execute(SQL("DELETE FROM %s WHERE measure_id = ANY(%s)", SQL.identifier(table), self.ids))
        self.env['kam.fact'].invalidate_model()

    def _report_failure(self, error):
        """Keep why the facts could not be made, and remove those there are: they would be taken for true."""
        self.ensure_one()
        reason = str(error).strip().split('\n')[0]
        if reason != self.failure:
            _logger.warning("Measure %s does not work and has no facts until it is mended: %s", self.code, reason)
        self._drop_facts()
        self.failure = reason


class KamFactGuarded(models.Model):
    """Builds measures made on the screen one by one, so that one which fails takes no other with it."""

    _inherit = 'kam.fact'

    @api.model
    def _build(self, measures, partitions=None):
        own = self._own(measures)
        super()._build(measures - own, partitions)
        for measure in own:
            # What failed before has no facts at all: a part of them would be taken for the whole.
            failed = bool(measure.failure)
            self._try(measure, lambda measure=measure, failed=failed: super(KamFactGuarded, self)._build(measure, None if failed else partitions))

    def _picture(self, measures, company, day, partitions=None):
        own = self._own(measures)
        super()._picture(measures - own, company, day, partitions)
        for measure in own:
            self._try(measure, lambda measure=measure: super(KamFactGuarded, self)._picture(measure, company, day, partitions))

    @api.model
    def _own(self, measures):
        """The measures whose definition may be wrong: those that did not come with the addon, or were changed here."""
        return measures.filtered(lambda measure: measure.engine == 'aggregate' and (measure.is_changed_here or not measure.is_shipped))

    @api.model
    def _try(self, measure, work):
        try:
            with self.env.cr.savepoint():
                work()
            if measure.failure:
                measure.failure = False
        except PASSING:
            raise
        except (psycopg2.Error, UserError, ValueError, KeyError) as error:
            measure._report_failure(error)
