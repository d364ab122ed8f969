"""Things that happen at the same moment, for tests on ``committed_db``."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def at_once(*jobs: Callable[[], Result]) -> list[Result]:
    """Run the jobs in threads that start together, each with connections of its own.

    Gives their results in the order of the jobs and raises the first job's exception.
    """
    gate = Barrier(len(jobs))

    def run(job: Callable[[], Result]) -> Result:
        try:
            gate.wait(10)
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(60) for future in [pool.submit(run, job) for job in jobs]]
