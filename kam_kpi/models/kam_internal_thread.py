from odoo import models
from odoo.exceptions import UserError


class KamInternalThread(models.AbstractModel):
    """A discussion which stays in the house: nobody outside can follow it, since followers are mailed what people write there."""

    _name = 'kam.internal.thread'
    _description = "Discussion of the House"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """As in Odoo. :raise UserError: for people outside the house"""
        outsiders = self._outsiders(partner_ids)
        if outsiders:
            raise UserError(self.env._(
                "%(people)s cannot follow this: it is discussed among us. Share the plan or the review with them instead.",
                people=", ".join(outsiders.mapped('name'))))
        return super().message_subscribe(partner_ids, subtype_ids)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whoever is subscribed on the way, say as the recipient of a mail, is left out in silence."""
        kept = list(set(partner_ids or []) - set(self._outsiders(partner_ids).ids))
        return super()._message_subscribe(kept, subtype_ids, customer_ids)

    def _outsiders(self, partner_ids):
        people = self.env['res.partner'].sudo().browse(partner_ids or []).exists()  # sudo: who is outside does not depend on who asks
        return people.filtered('partner_share')
