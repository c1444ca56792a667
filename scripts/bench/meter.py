"""Measures work: wall time, and CPU time of this process and of its database backend.

The machine may be busy with something else: CPU time is what repeats. Where
the backend's CPU cannot be read (PostgreSQL on another machine) the wall time
stands in for it.
"""
import resource
import time
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    cpu: float      # seconds of client and backend
    wall: float
    statements: int
    rounds: int = 1


class Meter:

    def __init__(self, env):
        self.env = env
        # Work of parallel workers would be counted nowhere.
        env.cr.execute("SET max_parallel_workers_per_gather = 0; SET max_parallel_maintenance_workers = 0")
        self.backend = env.cr._cnx.get_backend_pid()
        self.has_cpu = self._backend_cpu() is not None

    def _backend_cpu(self):
        try:
            with open(f'/proc/{self.backend}/schedstat') as file:
                return int(file.read().split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return None

    def _now(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu = usage.ru_utime + usage.ru_stime + self._backend_cpu() if self.has_cpu else 0.0
        return cpu, time.perf_counter(), self.env.cr.sql_log_count

    def once(self, work):
        """Return (Cost, what the work returned)."""
        before = self._now()
        result = work()
        after = self._now()
        cpu, wall, statements = (end - start for start, end in zip(before, after))
        return Cost(cpu if self.has_cpu else wall, wall, statements), result

    def measure(self, *works, repeats=5, undo=True):
        """Return the median :class:`Cost` of each of the works, done in turns so that all meet the same noise."""
        costs = [[] for _work in works]
        for _round in range(repeats):
            for place, work in enumerate(works):
                costs[place].append(self._one(work, undo))
        return [Cost(*(median(values) for values in zip(*rounds))) for rounds in costs]

    def _one(self, work, undo):
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False) if undo else None
        self.env.invalidate_all()
        try:
            return self.once(work)[0]
        finally:
            if savepoint:
                self.env.invalidate_all()
                savepoint.close(rollback=True)
