"""Tell the story in the order in which its parts need each other."""
import logging
import time

from .load_documents import load_documents
from .load_people import load_people
from .scene import Scene

_logger = logging.getLogger(__name__)

PARTS = (load_people, load_documents)


def load(env):
    """Load the whole story once; a second call finds it and does nothing."""
    if env.ref('kam_kpi.crm_team_key_accounts_demo', raise_if_not_found=False):
        return
    scene = Scene(env)
    for part in PARTS:
        begun = time.monotonic()
        part(scene)
        scene.env.flush_all()
        _logger.info("kam_kpi demo: %s in %.1f s", part.__name__, time.monotonic() - begun)
