import ast
import csv
import re
import sys
from pathlib import Path

from lxml import etree

from odoo.tests import TransactionCase, tagged

ADDON = Path(__file__).parent.parent
FILE_LINES = 300
FUNCTION_LINES = 40

# What is longer than allowed, and how long. These lists and numbers may only shrink.
LONG_FILES = {'test_plan_flow.py': 324, 'test_target.py': 342, 'test_target_workflow.py': 343}
LONG_FUNCTIONS = {'load_plans.py:_plan': 45}

# Documents that other files than the measures' methods may name, and why.
DOCUMENT_MODELS = re.compile(r"""
    ['"](account\.(?:move|payment)[\w.]* | sale\.order[\w.]* | crm\.lead | calendar\.(?:event|attendee) | mail\.message
         | rating\.rating | survey\.(?:user_input|question|survey)[\w.]*)['"]""", re.VERBOSE)
DOCUMENT_EXCEPTIONS = {
    'account_move.py': "keeps the unit cost when an invoice is posted",
    'account_move_line.py': "has the fields for it",
    'rating_rating.py': "a given rating starts the refresh",
    'survey_user_input.py': "a finished answer starts the refresh",
    'survey_question.py': "says what a question is for",
    'survey_survey.py': "who was invited answers once",
    'kam_voice_campaign.py': "a campaign sends a survey",
    'kam_voice_invitation.py': "an invitation has its answer",
    'kam_voice_followup.py': "follows up an answer",
    'kam_voice_privacy.py': "makes answers anonymous",
    'res_partner_kam_words.py': "shows what customers wrote",
    'privacy_lookup_wizard.py': "makes answers anonymous",
    'kam_measure_drill.py': "keeps subjects of meetings and messages from those who may not read them",
    'kam_explain_line.py': "opens a message where it can be read",
    'kam_stakeholder_contact.py': "says when somebody was met last",
    'crm_lead_white_space.py': "makes opportunities of white space",
    'kam_coaching.py': "a talk has its meeting",
    'kam_coaching_work.py': "puts the meeting into the calendar",
    'kam_data_issue_find.py': "finds invoice lines that say too little",
    'kam_data_issue_mend.py': "opens invoice lines to be mended",
    'kam_plan.py': "a plan links the opportunities it counts on",
    'kam_plan_action.py': "an action may serve an opportunity",
}
FORBIDDEN = {
    r'\bdate\.today\(|\bdatetime\.(?:now|today|utcnow)\(|\bDate\.today\(': "ask the company for its today",
    r'\bcr\.commit\(|\bcr\.rollback\(': "the caller decides on its transaction",
    r'\bsafe_eval\(|(?<![\w.])eval\(|(?<![\w.])exec\(': "formulas are parsed, never run",
}
# Measures whose source is missing until somebody says what it is.
UNCONFIGURED = {
    'acquisition_cost': "accounts are to be marked as cost of winning customers first",
    'service_hours': "timesheets are to be installed first",
    'website_visits': "the website is to be installed first, and a page of it to be tracked",
}
FORBIDDEN_EXCEPTIONS = {'res_company.py': "is where today comes from"}


def python_files(*folders):
    for folder in folders:
        yield from sorted((ADDON / folder).rglob('*.py'))


def functions(tree, name=''):
    for node in ast.iter_child_nodes(tree):
        inner = f'{name}.{node.name}'.lstrip('.') if hasattr(node, 'name') else name
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield inner, node.end_lineno - node.lineno + 1
        yield from functions(node, inner)


@tagged('post_install', '-at_install')
class TestArchitecture(TransactionCase):
    """The rules of the design, read from our own files."""

    def test_tools_are_plain_python(self):
        for path in python_files('tools'):
            for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                for name in names:
                    with self.subTest(file=path.name, name=name):
                        self.assertIn(name.split('.')[0], sys.stdlib_module_names)

    def test_documents_are_named_by_measures_only(self):
        found = {}
        for path in python_files('models', 'wizard', 'controllers', 'report'):
            if path.name.startswith('kam_measure_method'):
                continue
            names = sorted(set(DOCUMENT_MODELS.findall(self.code(path))))
            if names and path.name not in DOCUMENT_EXCEPTIONS:
                found[path.name] = names
        self.assertEqual({}, found, "documents are named in the measures' methods and in data only")

    def code(self, path):
        """The text of a file without its comments and docstrings."""
        tree = ast.parse(path.read_text(encoding='utf-8'))
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node, clean=False) is not None:
                node.body[0].value = ast.Constant(value='')
        return ast.unparse(tree)

    def test_files_are_short(self):
        found = {}
        for path in [*python_files('.'), *sorted((ADDON / 'static' / 'src').rglob('*.js'))]:
            lines = path.read_text(encoding='utf-8').count('\n')
            if lines > LONG_FILES.get(path.name, FILE_LINES):
                found[path.name] = lines
        self.assertEqual({}, found, f"no file has more than {FILE_LINES} lines")

    def test_functions_are_short(self):
        found = {}
        for path in python_files('.'):
            for name, lines in functions(ast.parse(path.read_text(encoding='utf-8'))):
                if lines > LONG_FUNCTIONS.get(f'{path.name}:{name}', FUNCTION_LINES):
                    found[f'{path.name}:{name}'] = lines
        self.assertEqual({}, found, f"no function has more than {FUNCTION_LINES} lines")

    def test_what_nobody_calls(self):
        for path in python_files('models', 'tools', 'wizard', 'controllers', 'report'):
            text = self.code(path)
            for pattern, reason in FORBIDDEN.items():
                if path.name not in FORBIDDEN_EXCEPTIONS:
                    with self.subTest(file=path.name, pattern=pattern):
                        self.assertFalse(re.findall(pattern, text), reason)

    def test_sudo_says_why(self):
        for path in python_files('models', 'wizard', 'controllers', 'report'):
            lines = path.read_text(encoding='utf-8').splitlines()
            for number, line in enumerate(lines):
                if re.search(r'\.sudo\((?!False|self\.env\.su\))', line.split('#')[0]):
                    near = lines[max(0, number - 3):number]
                    with self.subTest(file=path.name, line=number + 1):
                        self.assertTrue('#' in line or any('sudo:' in other for other in near), line.strip())

    def own_models(self):
        return [model for name, model in sorted(self.env.items()) if name.startswith('kam.') and not model._abstract]

    def test_every_model_has_access_rights_for_somebody(self):
        with (ADDON / 'security' / 'ir.model.access.csv').open(encoding='utf-8') as file:
            rights = list(csv.DictReader(file))
        for model in self.own_models():
            with self.subTest(model=model._name):
                self.assertTrue([row for row in rights if row['model_id:id'].split('.')[-1] == f"model_{model._name.replace('.', '_')}"])
        for row in rights:
            with self.subTest(row=row['id']):
                self.assertTrue(row['group_id:id'], "everybody would have it")

    def test_every_model_of_a_company_has_a_company_rule(self):
        for model in self.own_models():
            if 'company_id' not in model._fields or model._transient or not model._fields['company_id'].store:
                continue
            rules = self.env['ir.rule'].search([('model_id.model', '=', model._name), ('groups', '=', False)])
            with self.subTest(model=model._name):
                self.assertTrue(any('company_ids' in (rule.domain_force or '') for rule in rules))

    def test_rules_follow_paths(self):
        for rule in self.env['ir.rule'].search([('model_id.model', '=like', 'kam.%')]):
            with self.subTest(rule=rule.name):
                self.assertNotRegex(rule.domain_force or '', r'user\.\w+_ids')

    def test_every_kpi_is_described(self):
        for path in sorted((ADDON / 'data').glob('*.xml')):
            for record in etree.parse(path).iterfind(".//record[@model='kam.kpi']"):
                if record.find("field[@name='name']") is None:
                    continue  # adds to a KPI which is described elsewhere
                with self.subTest(kpi=record.get('id')):
                    self.assertTrue((record.findtext("field[@name='description']") or '').strip())

    def test_every_measure_and_kpi_can_be_computed(self):
        self.assertFalse([kpi.code for kpi in self.env['kam.kpi'].search([]) if kpi._formula_errors()])
        missing = self.env['kam.measure'].search([]).filtered(lambda measure: measure.state != 'ok').mapped('code')
        self.assertFalse(set(missing) - set(UNCONFIGURED))
