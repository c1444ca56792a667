from odoo import api, models


class KamKpiValueMeanings(models.Model):
    """Flags and reasons of a figure in words."""

    _inherit = 'kam.kpi.value'

    @api.model
    def _flag_meanings(self):
        """Return ``{flag: what it means}``."""
        return {
            'low_sample': self.env._("Few cases: the figure can swing widely by chance."),
            'immature': self.env._("Too early to tell for sure: what began late in the period may still turn out well."),
            'capped': self.env._("Capped: the expected lifetime is set to the longest that is assumed."),
            'estimate_too_low': self.env._("We sell more than the estimate of what the customer spends: the estimate is too low."),
            'estimated': self.env._("Some costs are estimated from the products' standard cost."),
            'no_direct_cost': self.env._("No direct cost is known for the account, so its contribution equals its gross profit."),
        }

    @api.model
    def _reason_meanings(self):
        """Return ``{reason: what it means and what helps}``."""
        return {
            'source_missing': self.env._("The figure needs an Odoo app that is not installed, or something that was not set up yet."),
            'future_period': self.env._("The period begins later than the figures reach."),
            'zero_denominator': self.env._("There is nothing to divide by, and a division by nothing is not zero."),
            'insufficient_sample': self.env._("Too few cases for a figure that means anything."),
            'low_coverage': self.env._("Too large a part of the whole is unknown, so a figure of the rest would mislead."),
            'not_in_cohort': self.env._("The account was no customer in the earlier window, so it can neither stay nor leave."),
            'no_history': self.env._("What was then cannot be known any more: pictures are kept from a later day on."),
            'immature': self.env._("The time in which it could still turn out well is not over."),
            'target_met': self.env._("The target is reached already: nothing is left to cover."),
            'no_target': self.env._("There is no target for this subject and period."),
        }
