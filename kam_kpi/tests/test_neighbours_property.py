from odoo.tests import tagged

from .test_refresh_property import HistoryCase
from .world_neighbours import NeighbourWorld

SEEDS = 25


@tagged('post_install', '-at_install', '-standard', 'kam_neighbours')
class TestRefreshWithNeighbours(HistoryCase):
    """A refresh equals a rebuild with the website and projects too."""

    world_class = NeighbourWorld

    def test_random_histories_with_neighbours(self):
        names = NeighbourWorld.neighbour_operations() * 2 + ['do_contact_reparent', 'do_merge', 'do_time_zone', 'do_answer_to_customer', 'do_partner_company']
        failures = [self.failure(seed, problems) for seed in range(1, SEEDS + 1) if (problems := self.history(seed, names=names))]
        self.assertFalse(failures, f"{len(failures)} of {SEEDS} histories; the first:\n" + "\n\n".join(failures[:3]))

    def test_each_operation_with_neighbours(self):
        for name in NeighbourWorld.neighbour_operations():
            with self.subTest(operation=name):
                problems = self.history(7, steps=3, names=[name])
                self.assertFalse(problems, self.failure(7, problems))
