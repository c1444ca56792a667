from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.attainment import rag, scorecard

HISTORY_YEARS = 3
FIGURES = ('is_current', 'score', 'coverage', 'status', 'target_count', 'green_count', 'amber_count', 'red_count', 'no_data_count')
SUBJECTS = ('scope', 'partner_id', 'user_id', 'team_id')


class KamScorecardRefresh(models.Model):
    """Makes the scorecards from the agreed targets: one search and one write for all that changed."""

    _inherit = 'kam.scorecard'

    @api.model
    def _refresh(self, targets=None):
        """Bring the scorecards up to date: of the subjects of these targets, or all of the last years.

        Cards whose targets are gone go too. The same targets give the same cards, however often it runs.
        """
        cards = self.sudo()  # sudo: cards are made for everybody, whoever changed a target; the rules decide who sees them
        of_subjects = Domain.TRUE if targets is None else Domain.OR(
            Domain([(name, '=', target[name] if name == 'scope' else target[name].id) for name in SUBJECTS])
            & Domain('company_id', '=', target.company_id.id) for target in targets.sudo())  # sudo: as above
        oldest = fields.Date.subtract(self.env.company._kam_today(), years=HISTORY_YEARS)
        domain = of_subjects & Domain('date_end', '>=', oldest)
        wanted = cards._wanted(domain & Domain('state', 'in', ('agreed', 'locked')))
        known = {card._key(): card for card in cards.search(domain)}
        cards.browse([card.id for key, card in known.items() if key not in wanted]).unlink()
        for key, card in known.items():
            if key in wanted:
                changed = {name: value for name, value in wanted[key].items() if name in FIGURES and card._is_other(name, value)}
                if changed:
                    card.write(changed)
        cards.create([vals for key, vals in wanted.items() if key not in known])
        self.env['kam.ranking']._refresh()

    def _is_other(self, name, value):
        """Whether a figure is another one than the card has; None and False are both no figure."""
        own = self[name]
        if value is None or own is False and name == 'score':
            return (value is None) != (own is False)
        return abs(own - value) > 1e-9 if name in ('score', 'coverage') else own != value

    @api.model
    def _wanted(self, domain):
        """Return {key: values of the card} of the targets whose period has begun."""
        targets = self.env['kam.target'].sudo().search(domain)  # sudo: see _refresh
        groups = targets.grouped(lambda target: (
            target.company_id.id, target.scope, target.partner_id.id or target.user_id.id or target.team_id.id or 0,
            target.frequency, target.date_start, target.date_end))
        today = {company.id: company._kam_today() for company in targets.company_id}
        return {key: self._card_values(group, today[key[0]]) for key, group in groups.items() if key[4] < today[key[0]]}

    @api.model
    def _card_values(self, targets, today):
        """The card of the targets of one subject and period."""
        first = targets[0]
        company, running = first.company_id, today <= first.date_end
        items, colours = [], []
        for target in targets:
            att = target.pace if running else target.attainment
            att = None if att is False else att
            items.append((target.weight, att, target.missing_as_zero))
            colours.append(rag(att, target.kpi_id.green_from, target.kpi_id.amber_from))
        score, coverage, status = scorecard(items, company.kam_score_cap, company.kam_score_coverage)
        return {
            'scope': first.scope, 'partner_id': first.partner_id.id, 'user_id': first.user_id.id, 'team_id': first.team_id.id,
            'company_id': company.id, 'frequency': first.frequency, 'date_start': first.date_start, 'date_end': first.date_end,
            'is_current': running, 'score': score, 'coverage': coverage, 'status': status, 'target_count': len(targets),
            **{f'{colour}_count': colours.count(colour) for colour in ('green', 'amber', 'red', 'no_data')},
        }
