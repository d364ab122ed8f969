"""Lays the ground on import, because conftests of sub-folders import models on theirs.

The fixtures themselves are in :mod:`tests.fixtures`. Of a parallel run each process lays a ground
of its own; the one that only hands out the tests needs none.
"""

import gc
import os
import sys

import django

from tests import ground

# At Python's usual pace, looking for garbage among all that Django holds takes a fifth of the time.
gc.set_threshold(50_000, 20, 20)

HANDS_OUT = "--numprocesses" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ

pytest_plugins = ["tests.sharing"]
if not HANDS_OUT:
    ground.lay()
    django.setup()
    pytest_plugins += ["tests.fixtures"]
