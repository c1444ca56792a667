from odoo import api, models


class KamDemo(models.AbstractModel):
    """The way in for the demonstration data; without it nothing of ``demo/`` is imported."""

    _name = 'kam.demo'
    _description = "Key Account Demonstration Story"

    @api.model
    def _load(self):
        """Write the demonstration story into the main company, once."""
        from ..demo.load import load
        load(self.env)
