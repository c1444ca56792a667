from odoo import api, fields, models
from odoo.tools.misc import format_datetime


class KamFactAsOf(models.Model):
    """As of when the figures are, for the screens which show them."""

    _inherit = 'kam.fact'

    def _drain(self, limit=None, last=True):
        accounts, months = super()._drain(limit=limit, last=last)
        if last:
            self._log_run(accounts, months)
        return accounts, months

    def _rebuild_all(self):
        accounts, months = super()._rebuild_all()
        self._log_run(accounts, months)
        return accounts, months

    def _log_run(self, accounts, months):
        self.env['kam.fact.run'].sudo().create([{  # closed to people
            'finished_at': fields.Datetime.now(), 'accounts': accounts, 'months': months}])

    @api.model
    @api.readonly
    def get_as_of(self):
        """Return as of when the figures are: ``{'text', 'may_refresh'}``, and ``waiting``: whether changed documents wait."""
        run = self.env['kam.fact.run'].sudo().search([], limit=1)  # when, no figures
        waiting = self.env['kam.fact.queue'].sudo().search_count([], limit=1000)  # how many, no names
        text = self.env._("The figures have not been computed yet.")
        if run:
            text = self.env._("Figures as of %(moment)s.", moment=format_datetime(self.env, run.finished_at))
        if waiting >= 1000:
            text += " " + self.env._("Many changes of documents wait for the next refresh.")
        elif waiting:
            text += " " + self.env._("Changes of documents that wait for the next refresh: %(count)s.", count=waiting)
        return {'text': text, 'waiting': waiting, 'may_refresh': self.env.user.has_group('kam_kpi.group_kam_manager')}
