from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ..fields import NullableFloat, is_same
from ..tools import scoring

STATES = [
    ('red', "At risk"),
    ('amber', "Watch"),
    ('green', "Good"),
    ('no_data', "No data"),
]


class KamHealth(models.Model):
    """How an account does, 0..100, and what it is made of.

    Each KPI's current twelve months are worth 0..100 by its anchors; KPIs make
    groups, groups make the health, weighted on both levels. What has no data
    leaves its weight to the rest; when less than half of the weight is known
    there is no score. Written by ``_refresh`` after the values, by nobody else.

    ``parts`` keeps the groups and KPIs behind the score::

        [{'group': id, 'weight': 35.0, 'score': 80.0 or None,
          'items': [{'kpi': id, 'weight': 1.0, 'value': 104.2 or None, 'score': 85.5 or None}]}]
    """

    _name = 'kam.health'
    _description = "Account Health"
    _order = 'score, id'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Account", required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    score = NullableFloat("Health", readonly=True, aggregator='avg')
    state = fields.Selection(STATES, required=True, default='no_data', readonly=True, help="As judged while a judgement is in force, else as computed.")
    computed_state = fields.Selection(STATES, "By the figures", readonly=True)
    judgement_id = fields.Many2one('kam.health.judgement', "In force", ondelete='set null', readonly=True, index='btree_not_null')
    coverage = fields.Float("Known (%)", readonly=True, aggregator=None)
    as_of = fields.Date(readonly=True)
    parts = fields.Json(readonly=True)

    _account_uniq = models.UniqueIndex('(partner_id, company_id)', "An account has one health in a company.")

    @api.model
    def _refresh(self, partner_ids):
        """Bring the health of accounts up to date with their current KPI values, in every company."""
        groups = self.env['kam.health.group'].search([])
        everything = self.sudo()  # sudo: the refresh writes for all accounts, whoever started it
        values = everything._values(groups.item_ids.kpi_id, partner_ids)
        present = {
            (health.partner_id.id, health.company_id.id): health
            for health in everything.search([('partner_id', 'in', list(partner_ids))])}
        judgements = self.env['kam.health.judgement']._in_force(partner_ids)
        to_create, changed = [], self.browse()
        for key, figures in values.items():
            vals = self._evaluate(groups, figures)
            judgement = judgements.get(key)
            vals.update(computed_state=vals['state'], judgement_id=judgement.id if judgement else False)
            vals['state'] = judgement.state if judgement else vals['state']
            health = present.pop(key, None)
            if health is None:
                to_create.append({'partner_id': key[0], 'company_id': key[1], **vals})
            elif health._write_changed(vals):
                changed |= health
        everything.browse(health.id for health in present.values()).unlink()
        self.env['kam.health.history']._keep(changed + everything.create(to_create))
        self.env['res.partner'].invalidate_model(
            ['kam_health', 'kam_health_state', 'kam_health_parts', 'kam_health_computed', 'kam_health_judgement'])

    @api.model
    def _refresh_all(self):
        """After the groups, KPIs or anchors changed: evaluate every account anew."""
        accounts = self.sudo().search([]).partner_id  # sudo: who defines the health may not see every account
        if accounts:
            self._refresh(accounts.ids)

    @api.model
    def _values(self, kpis, partner_ids):
        """Return ``{(partner id, company id): {kpi id: value or None}}`` of key accounts with values."""
        rows = self.env['kam.kpi.value'].search_fetch(Domain([
            ('kpi_id', 'in', kpis.ids), ('partner_id', 'in', list(partner_ids)), ('partner_id.is_key_account', '=', True),
            ('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True),
        ]), ['partner_id', 'company_id', 'kpi_id', 'value', 'date_end'], order='date_end, id')
        values = {}
        for row in rows:
            figures = values.setdefault((row.partner_id.id, row.company_id.id), {})
            figures[row.kpi_id.id] = None if row.value is False else row.value
            figures['as_of'] = row.date_end
        return values

    @api.model
    def _evaluate(self, groups, figures):
        parts = []
        for group in groups:
            items = []
            for item in group.item_ids:
                value = figures.get(item.kpi_id.id)
                items.append({'kpi': item.kpi_id.id, 'weight': item.weight, 'value': value, 'score': scoring.interpolate(item._points(), value)})
            score, _coverage, _state = scoring.health(
                [(item.weight, part['score']) for item, part in zip(group.item_ids, items, strict=True)], min_coverage=0)
            parts.append({'group': group.id, 'weight': group.weight, 'score': score, 'items': items})
        score, coverage, state = scoring.health([(part['weight'], part['score']) for part in parts])
        return {
            'score': score, 'state': state, 'coverage': 100.0 * coverage, 'as_of': figures['as_of'], 'parts': parts}

    def _write_changed(self, vals):
        """Write what differs from what is there; return whether anything did."""
        self.ensure_one()
        changed = {
            name: value for name, value in vals.items()
            if not is_same(False if value is None else value, self[name].id if name == 'judgement_id' else self[name])}
        if changed:
            self.write(changed)
        return bool(changed)

    def _explain(self):
        """Return the parts of the health as a table people can read, in their language."""
        self.ensure_one()
        return self.env['ir.qweb']._render('kam_kpi.kam_health_parts', {
            'health': self,
            'groups': [self._explain_group(part) for part in self.parts or []],
            'number': lambda value: "–" if value is None else formatLang(self.env, value, digits=1),
        })

    def _explain_group(self, part):
        known = sum(other['weight'] for other in self.parts if other['score'] is not None)
        return {
            'name': self.env['kam.health.group'].browse(part['group']).exists().name,
            'share': 100.0 * part['weight'] / known if known and part['score'] is not None else None,
            'score': part['score'],
            'state': scoring.health_band(part['score']),
            'items': [{
                'name': kpi.name, 'percent': kpi.unit == 'percent', 'value': item['value'], 'score': item['score'],
            } for item in part['items'] if (kpi := self.env['kam.kpi'].browse(item['kpi']).exists())],
        }
