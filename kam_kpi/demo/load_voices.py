"""Survey answers and ratings."""
from datetime import timedelta

from odoo import Command

from . import dice
from .voices import answers, ratings


def load_voices(scene):
    """Create the answers to the satisfaction survey and the ratings of support chats."""
    _answers(scene)
    _ratings(scene)


def _lines(questions, answer):
    """Return the answer lines; a skipped scale is stored by Odoo as skipped, with a zero."""
    values = {'csat': answer.csat, 'nps': answer.nps}
    lines = [{
        'question_id': questions[purpose].id,
        'skipped': value is None,
        'answer_type': None if value is None else 'scale',
        'value_scale': value or 0,
    } for purpose, value in values.items()]
    if answer.text:
        lines.append({'question_id': questions['comment'].id, 'answer_type': 'text_box', 'value_text_box': answer.text})
    return [Command.create(line) for line in lines]


def _answers(scene):
    survey = scene.env.ref('kam_kpi.survey_csat_nps')
    questions = {purpose: scene.env.ref(f'kam_kpi.question_{purpose}') for purpose in ('csat', 'nps', 'comment')}
    found = answers(scene.today)
    rows = []
    for number, answer in enumerate(found):
        contact = scene.contacts[answer.account, answer.contact]
        start = dice.moment(answer.day, 'answer', number)
        rows.append({
            'survey_id': survey.id,
            'partner_id': contact.id,
            'email': contact.email,
            'state': 'done',
            'start_datetime': start,
            'end_datetime': start + timedelta(minutes=2),
            'user_input_line_ids': _lines(questions, answer),
        })
    inputs = scene.create('survey.user_input', rows)
    scene.backdate(inputs, 'create_date', [row['start_datetime'] for row in rows])


def _ratings(scene):
    channel = scene.env['discuss.channel'].create({'name': "Customer support", 'channel_type': 'channel', 'group_public_id': False})
    rows = [{
        'res_model_id': scene.env['ir.model']._get_id('discuss.channel'),
        'res_id': channel.id,
        'partner_id': scene.contacts[rating.account, rating.contact].id,
        'rating': rating.value,
        'feedback': rating.text,
        'consumed': True,
        'rated_on': dice.moment(rating.day, 'rating', number),
    } for number, rating in enumerate(ratings(scene.today))]
    # Copies, since Odoo notes the present time in what it is given.
    records = scene.create('rating.rating', [dict(row) for row in rows])
    for record, row in zip(records, rows, strict=True):
        record.rated_on = row['rated_on']
