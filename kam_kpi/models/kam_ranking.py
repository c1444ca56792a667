from odoo import api, fields, models

from ..fields import NullableFloat


class KamRanking(models.Model):
    """Where an account manager stands among the colleagues of the company, by scorecard, in one period.

    Equal scores share a rank (1, 2, 2, 4); who has no score is unranked: rank 0. Only targets that were
    agreed count, so portfolios of different size compare. Who sees whom is a setting of the company
    (``kam_ranking``, off at first) and kept by the record rules.
    """

    _name = 'kam.ranking'
    _description = "Ranking"
    _order = 'date_end desc, is_unranked, rank, improvement desc, id'
    _log_access = False
    _rec_name = 'user_id'

    scorecard_id = fields.Many2one('kam.scorecard', required=True, ondelete='cascade', index=True)
    user_id = fields.Many2one('res.users', "Account manager", required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    frequency = fields.Selection(related='scorecard_id.frequency', store=True)
    date_start = fields.Date("From", required=True)
    date_end = fields.Date("To", required=True)
    is_current = fields.Boolean("Running")
    rank = fields.Integer(aggregator=None, help="0: not ranked, too few of the targets have data.")
    is_unranked = fields.Boolean("Not ranked")
    count = fields.Integer("Ranked colleagues", aggregator=None)
    score = NullableFloat(aggregator=None)
    improvement = NullableFloat("Change", aggregator=None, help="Against the score of the period before.")

    _scorecard_idx = models.UniqueIndex('(scorecard_id)', "A scorecard has one rank.")

    @api.model
    def _refresh(self):
        """Rank all account managers' cards anew, by company and period."""
        rankings = self.sudo()  # sudo: ranks are of all; the rules decide who sees whose
        cards = self.env['kam.scorecard'].sudo().search([('scope', '=', 'user')])  # sudo: as above
        known = {row.scorecard_id: row for row in rankings.search([])}
        groups = cards.grouped(lambda card: (card.company_id, card.frequency, card.date_start, card.date_end))
        new = []
        for group in groups.values():
            ranks = self._ranks({card: card.score for card in group if card.score is not False})
            for card in group:
                vals = {
                    'user_id': card.user_id.id, 'company_id': card.company_id.id, 'date_start': card.date_start, 'date_end': card.date_end,
                    'is_current': card.is_current, 'rank': ranks.get(card, 0), 'is_unranked': card not in ranks, 'count': len(ranks),
                    'score': None if card.score is False else card.score,
                    'improvement': None if card.improvement is False else card.improvement}
                if card in known:
                    known[card]._update(vals)
                else:
                    new.append({**vals, 'scorecard_id': card.id})
        rankings.create(new)

    def _update(self, vals):
        """Write what differs."""
        now = self.read(list(vals), load='_classic_write')[0]
        changed = {name: value for name, value in vals.items() if now[name] != (False if value is None else value)}
        if changed:
            self.write(changed)

    @api.model
    def _ranks(self, scores):
        """Return {key: rank} of {key: score}, the best first; equal to a hundredth of a percent is equal."""
        rounded = {key: round(score, 4) for key, score in scores.items()}
        return {key: 1 + sum(other > own for other in rounded.values()) for key, own in rounded.items()}
