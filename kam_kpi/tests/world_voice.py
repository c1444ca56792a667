class VoiceOperations:
    """Ratings and answers to surveys."""

    def populate_voice(self):
        case = self.case
        self.questions = case.survey('nps') | case.survey('csat', 1, 5) | case.survey('ces', 1, 7)
        for account in self.accounts:
            for month in (1, 2, 3):
                for person in self.people_of(account)[:2]:
                    case.rating(person, month + 2, f'2025-{month:02}-28 23:45:00')
                    case.answer(self.questions[0], person, 9 - month * len(person.name) % 4 * 3, f'2025-{month:02}-14 12:00:00')
                    case.answer(self.questions[1], person, month + 1, f'2025-{month:02}-28 22:30:00')
                    case.answer(self.questions[2], person, month + 4, f'2025-{month:02}-28 22:30:00')

    def rating(self):
        return self.some('rating.rating')

    def answered(self):
        return self.some('survey.user_input', [('survey_id', 'in', self.questions.survey_id.ids)])

    def do_rating_create(self):
        rating = self.case.rating(self.anybody(), self.random.choice([0, 1, 3, 5]), self.moment(), consumed=self.random.random() < 0.8)
        return f"{rating.id} of {rating.partner_id.id}: {rating.rating}"

    def do_rating_edit(self):
        if rating := self.rating():
            name, value = self.random.choice([
                ('rating', 1), ('rating', 5), ('consumed', False), ('consumed', True), ('rated_on', self.moment()), ('partner_id', self.anybody().id)])
            rating.write({name: value})
            return f"{rating.id} {name} {value}"

    def do_rating_delete(self):
        if rating := self.rating():
            label = str(rating.id)
            rating.unlink()
            return label

    def do_sql_rating_undated(self):
        if rating := self.rating():
            self.sql("UPDATE rating_rating SET rated_on = NULL WHERE id = %s", rating.id)
            return self.sql("UPDATE rating_rating SET write_date = %s WHERE id = %s", self.moment(), rating.id)

    def do_answer_create(self):
        question = self.pick(self.questions)
        value = self.random.choice([0, 1, 4, 5, 9, 10, None] if question.kam_purpose == 'nps' else [1, 3, 4, 5, None])
        answer = self.case.answer(question, self.random.choice([self.anybody(), self.anybody(), None]), value, self.moment())
        return f"{answer.id} of {answer.partner_id.id}: {value} at {answer.end_datetime}"

    def do_answer_edit(self):
        if answer := self.answered():
            name, value = self.random.choice([
                ('end_datetime', self.moment()), ('partner_id', self.anybody().id), ('partner_id', False), ('test_entry', True), ('state', 'in_progress'),
                ('state', 'done')])
            answer.write({name: value})
            return f"{answer.id} {name} {value}"

    def do_answer_value(self):
        if (answer := self.answered()) and answer.user_input_line_ids:
            line = self.pick(answer.user_input_line_ids)
            value = self.random.choice([1, 4, 5])
            line.write({'answer_type': 'scale', 'value_scale': value, 'skipped': False})
            return f"{answer.id} {value}"

    def do_answer_delete(self):
        if answer := self.answered():
            label = str(answer.id)
            answer.unlink()
            return label

    def do_question_purpose(self):
        question = self.pick(self.questions)
        question.kam_purpose = self.random.choice([False, 'nps', 'csat', 'ces'])
        return f"{question.id} {question.kam_purpose}"

    def do_question_mark(self):
        question = self.questions[1]
        question.kam_satisfied_from = self.random.choice([3, 4, 5])
        return str(question.kam_satisfied_from)

    def do_question_scale(self):
        question = self.pick(self.questions)
        question.write(dict(zip(('scale_min', 'scale_max'), self.random.choice([(0, 10), (1, 5), (1, 7)]))))
        return f"{question.id} {question.scale_min} to {question.scale_max}"

    def do_question_numbers(self):
        question = self.pick(self.questions)
        question.write({
            'question_type': 'numerical_box', 'validation_required': self.random.random() < 0.8, 'validation_min_float_value': 1,
            'validation_max_float_value': self.random.choice([5, 10])})
        value = self.random.choice([1, 4, 5])
        answer = self.case.answer(question, self.anybody(), value, self.moment())
        return f"{question.id} up to {question.validation_max_float_value}: {answer.id} {value}"
