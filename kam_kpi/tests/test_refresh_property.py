import os
from random import Random

from odoo.tests import tagged

from .documents import DocumentsCase
from .world import World, difference, facts, revenue_by_facts, revenue_by_hand

SEEDS = int(os.environ.get('KAM_SEEDS', '60'))
FIRST_SEED = int(os.environ.get('KAM_FIRST_SEED', '1'))
STEPS = 10


class HistoryCase(DocumentsCase):
    """Runs random histories on a rich world, each in a savepoint which is rolled back."""

    world_class = World

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = cls.world_class(cls(), Random(0))
        cls.world.populate()
        cls.env['kam.fact'].rebuild()

    def history(self, seed, steps=STEPS, names=None):
        """Return what is wrong after the random history of a seed: nothing if all is well."""
        world = self.world
        world.case, world.env, world.random, world.log = self, self.env, Random(seed), []
        savepoint = self.env.cr.savepoint()
        try:
            world.run(steps, names)
            return self.problems()
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)
            self.env.cr.precommit.clear()
            self.env.registry.clear_all_caches()

    def problems(self):
        fact = self.env['kam.fact']
        fact.refresh()
        left = facts(self.env)
        if self.env['kam.fact.queue'].search_count([]):
            return ["the queue is not empty after a refresh"]
        again = fact.refresh()
        if (again['accounts'], again['months']) != (0, 0) or facts(self.env) != left:
            return [f"a second refresh is no no-op: {again}"]
        fact.rebuild()
        right = facts(self.env)
        if left != right:
            return difference(left, right)
        by_hand, by_facts = revenue_by_hand(self.env, self.company), revenue_by_facts(self.env, self.company)
        return [f"revenue by hand {by_hand.get(key)}, by facts {by_facts.get(key)}: {key}"
                for key in sorted({*by_hand, *by_facts}, key=str) if by_hand.get(key) != by_facts.get(key)]

    def failure(self, seed, problems):
        return "\n".join([f"seed {seed}", *self.world.log, *map(str, problems)])


@tagged('post_install', '-at_install')
class TestRefreshEqualsRebuild(HistoryCase):
    """After any sequence of edits a refresh leaves the very facts a rebuild makes, and those of an independent count."""

    def test_random_histories(self):
        failures = []
        for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
            if problems := self.history(seed):
                failures.append(self.failure(seed, problems))
        self.assertFalse(failures, f"{len(failures)} of {SEEDS} histories; the first:\n" + "\n\n".join(failures[:3]))

    def test_each_operation(self):
        for name in World.operations():
            with self.subTest(operation=name):
                problems = self.history(7, steps=3, names=[name])
                self.assertFalse(problems, self.failure(7, problems))
