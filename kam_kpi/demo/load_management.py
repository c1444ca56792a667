"""What leaders work with: scorecards, talks, and which KPIs are worth keeping."""
from datetime import timedelta

# code: usefulness by who rated it
RATINGS = {
    'nrr_pct': {'anna': '5', 'ben': '4', 'clara': '5', 'leo': '5'},
    'revenue': {'anna': '5', 'ben': '5', 'clara': '4', 'leo': '5'},
    'csat_pct': {'anna': '4', 'clara': '4', 'leo': '4'},
    'interactions_count': {'anna': '2', 'ben': '1', 'clara': '2', 'leo': '3'},
    'website_visits_count': {'ben': '1', 'leo': '1'},
}
COMMENTS = {('interactions_count', 'ben'): "Counts mails as much as visits. It makes us write mails."}


def load_management(scene):
    """Bring the scorecards up to date, propose talks, and open the half-yearly review of some KPIs."""
    scene.env['kam.scorecard']._refresh()
    scene.env['kam.coaching']._propose()
    scene.company.kam_ranking = 'top'
    scene.env['kam.candidate']._find()
    _talk(scene)
    _kpi_reviews(scene)


def _talk(scene):
    """A one-to-one which took place, with steps left open."""
    scene.env['kam.coaching'].create({
        'user_id': scene.users['anna'].id, 'leader_id': scene.users['leo'].id, 'team_id': scene.team.id, 'company_id': scene.company.id,
        'agenda': "- Second half of the year\n- Time for new customers", 'notes': "Anna hands the small accounts of the north to Clara by the end of the year.",
        'action_ids': [(0, 0, {'name': "List the accounts to hand over", 'deadline': scene.today + timedelta(days=9)})],
    }).action_done()


def _kpi_reviews(scene):
    start, stop = scene.company._kam_period('semester', scene.today)
    for code, ratings in RATINGS.items():
        review = scene.env['kam.kpi.review'].create({
            'kpi_id': scene.env.ref(f'kam_kpi.kam_kpi_{code}').id, 'date_start': start, 'next_review': stop})
        for login, usefulness in ratings.items():
            scene.env['kam.kpi.review.rating'].with_user(scene.users[login]).create({
                'review_id': review.id, 'usefulness': usefulness, 'comment': COMMENTS.get((code, login))})
