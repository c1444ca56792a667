"""The demonstration story: a made-up maker of laboratory instruments and its key accounts.

Imported only by ``kam.demo`` when Odoo loads demonstration data. ``story``,
``people``, ``ledger`` and ``contacts`` know nothing of Odoo; the modules named
``load_*`` write the story down as documents. Every date is relative to the
day of loading and every number comes from ``dice``, so that two loads on one
day are alike.
"""
