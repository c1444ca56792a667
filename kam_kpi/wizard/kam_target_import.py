import base64

from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .kam_target_import_file import has_content, read_file, template
from .kam_target_import_rows import Problem, RowReader

KEY_FIELDS = ('kpi_id', 'partner_id', 'user_id', 'team_id', 'date_start', 'date_end')


class KamTargetImport(models.TransientModel):
    """Propose targets from a file: all of it, or nothing of a file with bad rows unless one asks for the good ones.

    Rows go the way of every other target, with the rights of who imports; a
    row that is refused says where and what to do.
    """

    _name = 'kam.target.import'
    _description = "Import Targets"

    file = fields.Binary("File", attachment=False)
    filename = fields.Char()
    template_file = fields.Binary(compute='_compute_template_file')
    import_good = fields.Boolean("Import the good rows", help="The bad ones are left out; correct and import them later.")
    is_checked = fields.Boolean(readonly=True)
    good_count = fields.Integer("Good rows", readonly=True)
    bad_count = fields.Integer("Bad rows", readonly=True)
    line_ids = fields.One2many('kam.target.import.line', 'wizard_id', "Findings", readonly=True)

    def _compute_template_file(self):
        for wizard in self:
            wizard.template_file = base64.b64encode(template(self.env))

    def action_template(self):
        """Download a workbook to fill in."""
        self.ensure_one()
        name = self.env._("Targets")
        return {
            'type': 'ir.actions.act_url', 'target': 'download',
            'url': f"/web/content/kam.target.import/{self.id}/template_file/{name}.xlsx?download=true",
        }

    def action_check(self):
        """Try all rows without keeping any, and show what is found."""
        self.ensure_one()
        savepoint = self.env.cr.savepoint()
        try:
            targets, findings, bad = self._import_rows()
            found = len(targets), bad, findings
        finally:
            savepoint.close(rollback=True)
        return self._show(*found)

    def action_import(self):
        """Propose the targets; nothing of a file with bad rows, unless its good rows are asked for."""
        self.ensure_one()
        savepoint = self.env.cr.savepoint()
        keep = False
        try:
            targets, findings, bad = self._import_rows()
            keep = bool(targets) and (not bad or self.import_good)
            found = len(targets), bad, findings
            if keep:
                targets.with_context(kam_measure_later=False)._measure()
        finally:
            savepoint.close(rollback=not keep)
        if not keep:
            return self._show(*found)
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {
            **action, 'name': self.env._("Imported targets"), 'domain': [('id', 'in', targets.ids)], 'context': {},
            'view_mode': 'list,kanban,form', 'views': [(False, 'list'), (False, 'kanban'), (False, 'form')],
        }

    # ------------------------------------------------------------------

    def _show(self, good, bad, findings):
        """Keep what was found and open this wizard again."""
        self.write({
            'is_checked': True, 'good_count': good, 'bad_count': bad,
            'line_ids': [Command.clear(), *(Command.create(vals) for vals in findings)],
        })
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Import targets"), 'res_model': self._name, 'res_id': self.id,
            'view_mode': 'form', 'target': 'new',
        }

    def _import_rows(self):
        """Create what can be created; return (targets, findings, number of bad rows)."""
        rows = read_file(self.env, base64.b64decode(self.file or b''), self.filename)
        numbered = [(number, row) for number, row in enumerate(rows, 1) if has_content(row)]
        if len(numbered) < 2:
            raise UserError(self.env._("The file is empty: choose one with a header and at least one row."))
        (header_number, header), *numbered = numbered
        reader = RowReader(self.env, header)
        if missing := reader.missing():
            raise UserError(self.env._(
                "These columns are missing in the header: %(columns)s. Download the template to see what belongs there.",
                columns=", ".join(missing)))
        findings = [self._finding(header_number, Problem(name, self.env._("This column is not known and was passed over.")), 'warning')
                    for name in reader.unknown]
        targets, bad, seen = self.env['kam.target'], 0, {}
        for number, row in numbered:
            target, problems = self._import_row(reader, row, number, seen)
            if problems:
                bad += 1
            targets |= target
            findings += [self._finding(number, problem, 'error') for problem in problems]
            findings += [self._finding(number, Problem('', text), 'warning') for text in self._doubts(target)]
        return targets, findings, bad

    def _import_row(self, reader, row, number, seen):
        """Create the target of a row; return (it or none, problems)."""
        Target = self.env['kam.target']
        vals, problems = reader.read(row)
        if problems:
            return Target, problems
        key = tuple(vals.get(name) for name in KEY_FIELDS)
        if key in seen:
            return Target, [Problem('', self.env._(
                "It is for the same KPI, subject and period as row %(row)s: remove one of the two.", row=seen[key]))]
        seen[key] = number
        if self._exists(vals):
            return Target, [Problem('', self.env._(
                "There is a target for this KPI, subject and period already: change that one, or remove the row."))]
        try:
            with self.env.cr.savepoint(), mute_logger('odoo.sql_db'):
                target = Target.with_context(kam_measure_later=True).create(vals)
                self.env.flush_all()
            return target, []
        except AccessError:
            return Target, [Problem('', self.env._(
                "You may not set this target: account managers import targets for themselves and their own accounts, leaders for "
                "their team, directors for all."))]
        except (UserError, ValidationError) as error:
            return Target, [Problem('', str(error))]
        except IntegrityError as error:
            return Target, [Problem('', Target._sql_error_to_message(error))]

    def _exists(self, vals):
        domain = [(name, '=', vals.get(name, False)) for name in (*KEY_FIELDS, 'company_id')]
        return bool(self.env['kam.target'].sudo().search_count(domain, limit=1))  # sudo: whether the place is taken, by whomever

    def _doubts(self, target):
        """What is unusual about a target that can be set nevertheless."""
        return [text for text in (target.period_warning, target.plausibility_warning, target.phasing_note) if text] if target else []

    def _finding(self, number, problem, severity):
        return {'row': number, 'column': problem.column, 'message': problem.message, 'severity': severity}
