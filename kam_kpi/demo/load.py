"""Tell the story in the order in which its parts need each other."""
import logging
import time

from .load_accounts import load_accounts
from .load_attention import load_attention
from .load_benchmarks import load_benchmarks
from .load_campaign import load_campaign
from .load_costs import load_costs
from .load_documents import load_documents
from .load_factors import load_factors
from .load_health import load_health
from .load_management import load_management
from .load_payments import load_payments
from .load_people import load_people
from .load_pipeline import load_pipeline
from .load_plans import load_plans
from .load_reviews import load_reviews
from .load_rules import load_rules
from .load_scores import load_scores
from .load_shares import load_shares
from .load_targets import load_targets
from .load_touches import load_touches
from .load_voices import load_voices
from .load_wallets import load_wallets
from .scene import Scene

_logger = logging.getLogger(__name__)


def load_figures(scene):
    """Compute the figures, so that the first person to log in sees them."""
    scene.env['kam.fact'].rebuild()


PARTS = (
    load_people, load_documents, load_payments, load_costs, load_pipeline, load_accounts, load_touches, load_voices, load_benchmarks, load_wallets,
    load_figures, load_health, load_scores, load_targets, load_factors, load_plans, load_reviews, load_management,
    load_campaign, load_shares, load_rules, load_attention,
)


def load(env):
    """Load the whole story once; a second call finds it and does nothing."""
    if env.ref('kam_kpi.crm_team_key_accounts_demo', raise_if_not_found=False):
        return
    scene = Scene(env)
    try:
        for part in PARTS:
            begun = time.monotonic()
            part(scene)
            scene.env.flush_all()
            _logger.info("kam_kpi demo: %s in %.1f s", part.__name__, time.monotonic() - begun)
    finally:
        scene.forget_ranks()
