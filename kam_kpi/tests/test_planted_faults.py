import os
import unittest
from random import Random
from time import monotonic

from odoo.tests import tagged

from .planted import FAULTS
from .test_refresh_property import HistoryCase

SEEDS = int(os.environ.get('KAM_PLANTED_SEEDS', '60'))


@unittest.skipUnless(os.environ.get('KAM_PLANTED'), "by hand: KAM_PLANTED=1 (figures in docs/testing.md)")
@tagged('post_install', '-at_install')
class TestPlantedFaults(HistoryCase):
    """The property test catches each planted fault within its fixed seeds; it says after how many and how long."""

    def catch(self, name):
        started = monotonic()
        for seed in range(1, SEEDS + 1):
            self.world.random = Random(seed)
            savepoint = self.env.cr.savepoint()
            try:
                with FAULTS[name](self.env):
                    self.env['kam.fact'].rebuild()
                    try:
                        problems = self.history(seed)
                    except Exception as error:  # a crash gives a fault away as well
                        problems = [repr(error)]
            finally:
                savepoint.close(rollback=True)
                self.env.transaction.clear()
            if problems:
                return seed, monotonic() - started, problems
        return None, monotonic() - started, []

    def test_faults_are_caught(self):
        for name in os.environ.get('KAM_PLANTED_ONLY', ' '.join(FAULTS)).split():
            with self.subTest(fault=name):
                seed, seconds, problems = self.catch(name)
                print(f"planted {name}: seed {seed}, {seconds:.0f} s: {problems[:1]}", flush=True)
                self.assertTrue(seed, f"{name} was not caught by {SEEDS} histories")
