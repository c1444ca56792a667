from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, UserError
from odoo.http import request


class KeyAccountPortal(CustomerPortal):
    """What is shared with the customer: a list and a page. Looking changes nothing but the note that it was seen.

    What may not be seen answers as what is not there.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'key_account_count' in counters:
            values['key_account_count'] = len(request.env['kam.share']._of_visitor())
        return values

    def _share(self, share_id):
        share = request.env['kam.share']._of_visitor(share_id)
        if not share:
            raise request.not_found()
        return share

    def _visitor(self):
        return request.env.user.partner_id

    @http.route('/my/key-account', type='http', auth='user', website=True, methods=['GET'])
    def key_account_list(self):
        """All that is shared with who asks."""
        lang = request.env.lang
        pages = [{**share._page(lang), 'url': f'/my/key-account/{share.id}'} for share in request.env['kam.share']._of_visitor()]
        return request.render('kam_kpi.portal_key_account_list', {'pages': pages, 'page_name': 'key_account'})

    @http.route('/my/key-account/<int:share_id>', type='http', auth='user', website=True, methods=['GET'])
    def key_account_page(self, share_id, **_get):
        """One shared plan or review."""
        share = self._share(share_id)
        share._seen_by(self._visitor().sudo())  # sudo: the note is ours, not theirs
        return self._render(share, said=request.session.pop('kam_share_said', None))

    def _render(self, share, **values):
        return request.render('kam_kpi.portal_key_account_page', {
            'shared': share._page(request.env.lang), 'page_name': 'key_account', 'preview': False, 'said': None, **values})

    def _done(self, share, work):
        """Do what the visitor asks for and show the page again; what is wrong is told there."""
        try:
            with request.env.cr.savepoint():
                work(share)
        except (AccessError, UserError) as error:
            request.session['kam_share_said'] = str(error)
        return request.redirect(f'/my/key-account/{share.id}')

    @http.route('/my/key-account/<int:share_id>/report', type='http', auth='user', website=True, methods=['POST'])
    def key_account_report(self, share_id, action_id='', done='', **_post):
        """Report an action as done, or take that back."""
        number = int(action_id) if action_id.isdecimal() else 0
        contact = self._visitor().sudo()  # sudo: who it is, for our note
        return self._done(self._share(share_id), lambda share: share._report(number, done == '1', contact))

    @http.route('/my/key-account/<int:share_id>/comment', type='http', auth='user', website=True, methods=['POST'])
    def key_account_comment(self, share_id, body='', **_post):
        """Leave a comment."""
        contact = self._visitor().sudo()  # sudo: as above
        return self._done(self._share(share_id), lambda share: share._comment(body, contact))

    @http.route('/my/key-account/<int:share_id>/ask', type='http', auth='user', website=True, methods=['POST'])
    def key_account_ask(self, share_id, **_post):
        """Ask for an update."""
        contact = self._visitor().sudo()  # sudo: as above
        return self._done(self._share(share_id), lambda share: share._ask(contact))

    @http.route('/my/key-account/<int:share_id>/pdf', type='http', auth='user', website=True, methods=['GET'])
    def key_account_pdf(self, share_id):
        """The customer's edition of a signed review, in the reader's language."""
        share = self._share(share_id)
        if not share._page(request.env.lang)['pdf']:
            raise request.not_found()
        review = share.review_id.with_context(lang=request.env.lang)
        content, _kind = review.env['ir.actions.report']._render_qweb_pdf('kam_kpi.action_report_review_customer', review.ids)
        return request.make_response(content, headers=[
            ('Content-Type', 'application/pdf'), ('Content-Length', len(content)),
            ('Content-Disposition', http.content_disposition(review._pdf_name()))])

    @http.route('/kam/share/<int:share_id>/preview', type='http', auth='user', website=True, methods=['GET'])
    def key_account_preview(self, share_id):
        """The page as the customer would see it, for those of us who may see the share; published or not, and not noted as seen."""
        share = request.env['kam.share'].browse(share_id).exists()
        if not share or not request.env.user._is_internal() or not share.has_access('read'):
            raise request.not_found()
        lang = share.contact_ids[:1].lang or request.env.lang
        share = share.with_context(lang=lang)
        page = share._page(lang, None if share.state == 'open' else {lang: share._page_content()})
        request.update_context(lang=lang)
        return request.render('kam_kpi.portal_key_account_page', {'shared': page, 'page_name': 'key_account', 'preview': True, 'said': None})
