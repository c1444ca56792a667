"""Builds the bundles that tours and PDFs need, so that tests do not each pay for it (run by the Odoo shell)."""
# ruff: noqa: F821
import time

BUNDLES = (
    'web.assets_web',
    'web.assets_web_print',
    'web.assets_backend_lazy',
    'web.assets_frontend',
    'web.assets_frontend_minimal',
    'web.assets_frontend_lazy',
    'web.assets_tests',
    'web.report_assets_common',
    'web.assets_unit_tests_setup',
    'web.assets_unit_tests',
)

for name in BUNDLES:
    start = time.monotonic()
    bundle = env['ir.qweb']._get_asset_bundle(name, css=True, js=True)
    if bundle.stylesheets:
        bundle.css()
    if bundle.javascripts:
        bundle.js()
    print(f'{name}: {time.monotonic() - start:.1f} s')
env.cr.commit()
