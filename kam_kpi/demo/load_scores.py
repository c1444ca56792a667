"""Account scores, now and a year ago; one account waits to be scored."""
from odoo import Command

from .judgements import COMMENTS, SCORES


def load_scores(scene):
    """Create and confirm the scorings; where a KPI proposes a score, its proposal stays."""
    criteria = {
        criterion: scene.env.ref(f'kam_kpi.kam_criterion_{criterion}')
        for criterion in ('potential', 'revenue', 'fit', 'profitability', 'growth', 'relationship')}
    for key, (present, past) in SCORES.items():
        for score, month in ((past, -12), (present, -1)):
            if score:
                _scoring(scene, criteria, key, score, scene.day(month, 15), proposed=month == -1)


def _scoring(scene, criteria, key, score, day, proposed):
    """Score an account; ``proposed`` leaves what is automatic to the KPIs of today."""
    record = scene.env['kam.account.score'].create({
        'partner_id': scene.partners[key].id,
        'company_id': scene.company.id,
        'date': day,
        'user_id': scene.partners[key].kam_user_id.id,
        'line_ids': [Command.create({
            'criterion_id': criterion.id,
            'weight': criterion.weight,
            'score': False if proposed and criterion.kpi_id else getattr(score, name),
            'comment': COMMENTS.get((key, name)) if proposed else False,
        }) for name, criterion in criteria.items()],
    })
    for name, criterion in criteria.items():
        line = record.line_ids.filtered(lambda line, criterion=criterion: line.criterion_id == criterion)
        if line.score is False:
            line.score = getattr(score, name)
    record.action_confirm()
