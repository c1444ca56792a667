from odoo import http
from odoo.http import request


class VoiceController(http.Controller):
    """The page on which somebody says that they want no surveys.

    Following the link changes nothing, since mail scanners do it: only the button does.
    """

    @http.route('/kam/voice/opt-out/<string:token>', type='http', auth='public', methods=['GET', 'POST'], website=True, sitemap=False)
    def opt_out(self, token, **_post):
        """Ask (GET), then note it (POST); the same answer for a wrong link as for a page that is not there."""
        invitation = request.env['kam.voice.invitation'].sudo().search([('access_token', '=', token)], limit=1)  # sudo: the link is the right
        if not invitation:
            raise request.not_found()
        lang = invitation._language().code
        request.update_context(lang=lang)
        invitation = invitation.with_context(lang=lang)
        if request.httprequest.method == 'POST':
            invitation._opt_out()
        done = invitation.contact_id.kam_voice_opt_out or invitation.state == 'opted_out'
        return request.render('kam_kpi.voice_opt_out_page', {'company': invitation.company_id, 'token': token, 'done': done})
