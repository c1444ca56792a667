from odoo import models
from odoo.tools import SQL

# Ratings of the service a customer got; ratings of products and courses are another matter.
RATING_MODELS = ['project.task', 'discuss.channel']
RATING_SATISFIED = 4
ANSWER = SQL("CASE l.answer_type WHEN 'scale' THEN l.value_scale ELSE l.value_numerical_box END")
# Of whom an answer is; one that was made anonymous belongs to its account, and replaces no other.
WHOSE = SQL("CASE WHEN i.kam_anonymous THEN 'input,' || i.id ELSE COALESCE('contact,' || i.partner_id, 'input,' || i.id) END")
# Answers which can be compared as they are: a scale from 1 to 5, or a number that has to lie between them.
ONE_TO_FIVE = SQL("""(%s BETWEEN 1 AND 5 AND (l.answer_type = 'scale' AND q.scale_min = 1 AND q.scale_max = 5
    OR l.answer_type = 'numerical_box' AND q.validation_required AND q.validation_min_float_value = 1 AND q.validation_max_float_value = 5))""", ANSWER)
ONE_TO_SEVEN = SQL("l.answer_type = 'scale' AND q.scale_min = 1 AND q.scale_max = 7 AND l.value_scale BETWEEN 1 AND 7")


class KamMeasureMethodVoice(models.Model):
    """Answers of customers: ratings and survey questions with a purpose.

    One row per answer. The key tells whose answers replace one another: the
    latest per respondent and question (satisfaction, effort) or per contact
    (net promoter score) counts in a window. Skipped questions and test entries
    are no answers; a rating that was asked for and not given neither.
    """

    _inherit = 'kam.measure'

    def _query_csat(self):
        """Amount 1 for a satisfied answer, 0 for another."""
        return SQL(
            "%s UNION ALL %s", self._rating_rows(SQL("CASE WHEN r.rating >= %s THEN 1 ELSE 0 END", RATING_SATISFIED)),
            self._question_rows('csat', SQL("CASE WHEN %s >= q.kam_satisfied_from THEN 1 ELSE 0 END", ANSWER),
                                SQL("l.answer_type IN ('scale', 'numerical_box')")))

    def _query_csat_points(self):
        """Amount 1..5 as answered; answers on other scales are left out, since a mean of different scales means nothing."""
        return SQL("%s UNION ALL %s", self._rating_rows(SQL("r.rating")), self._question_rows('csat', ANSWER, ONE_TO_FIVE))

    def _query_ces(self):
        """Amount 1..7, how much one agrees that it was made easy; of answers on that scale alone."""
        return self._question_rows('ces', ANSWER, ONE_TO_SEVEN)

    def _rating_rows(self, amount):
        return self._voice_rows(
            SQL("rating.rating"), SQL("r.id"), SQL("COALESCE(r.rated_on, r.write_date)"), SQL("'rating,' || r.id"), amount,
            SQL("rating_rating r LEFT JOIN res_partner p ON p.id = r.partner_id"),
            SQL("r.consumed AND r.rating >= 1 AND r.res_model = ANY(%s)", RATING_MODELS))

    def _question_rows(self, purpose, amount, condition):
        """Answers of which the latest per person and question counts."""
        key = SQL("'question,' || q.id || ',' || %s", WHOSE)
        return self._survey_rows(SQL("%s", purpose), key, amount, condition)

    def _query_nps(self):
        """Amount 0..10 as answered."""
        return self._survey_rows(
            SQL("'nps'"), WHOSE, ANSWER,
            SQL("l.answer_type = 'scale' AND q.scale_min = 0 AND q.scale_max = 10"))

    def _survey_rows(self, purpose, key, amount, condition):
        return self._voice_rows(
            SQL("survey.user_input"), SQL("i.id"), SQL("i.end_datetime"), key, amount,
            SQL("""survey_user_input_line l
                   JOIN survey_user_input i ON i.id = l.user_input_id
                   JOIN survey_question q ON q.id = l.question_id
                   LEFT JOIN res_partner p ON p.id = i.partner_id"""),
            SQL("i.state = 'done' AND i.test_entry IS NOT TRUE AND l.skipped IS NOT TRUE AND q.kam_purpose = %s AND %s", purpose, condition))

    def _voice_rows(self, model, res_id, moment, key, amount, tables, condition):
        """Rows of answers; they carry no company of their own, ``p`` is the respondent."""
        company = self._fallback_company_sql(
            SQL("NULL::int"), SQL("p.commercial_partner_id"), moment, self.env['kam.fact']._main_company_id())
        return SQL(
            """SELECT '%(model)s'::varchar AS model, %(res_id)s AS res_id, p.commercial_partner_id AS partner_id,
                      c.id AS company_id, timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', %(moment)s))::date AS date,
                      %(moment)s AS moment, NULL::int AS user_id, (%(key)s)::varchar AS key, NULL::int AS categ_id, (%(amount)s)::numeric AS amount
                 FROM %(tables)s JOIN res_company c ON c.id = %(company)s
                WHERE %(moment)s IS NOT NULL AND %(condition)s""",
            model=model, res_id=res_id, moment=moment, key=key, amount=amount, tables=tables, condition=condition, company=company,
        )
