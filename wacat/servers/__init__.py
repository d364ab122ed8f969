"""The ground WaCAT stands on where nobody installed a server: a real PostgreSQL and Valkey.

Both come as development dependencies and live in one folder per clone (``var/``), on
loopback ports of their own, behind random passwords. Production points elsewhere by
``DATABASE_URL``, ``MIGRATION_DATABASE_URL`` and ``REDIS_URL`` and never imports this package.

* ``make demo``: :mod:`wacat.servers.demo`, everything, supervised.
* ``python -m wacat.servers.shell COMMAND``: a command with this clone's servers.
* :func:`running_servers`: the same from Python; the tests and benchmarks use it.
"""

from wacat.servers.errors import GroundError
from wacat.servers.running import running_servers

__all__ = ["GroundError", "running_servers"]
