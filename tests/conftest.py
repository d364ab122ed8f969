"""Lays the ground on import, because conftests of sub-folders import models on theirs.

The fixtures themselves are in :mod:`tests.fixtures`. Of a parallel run each process lays a ground
of its own; the one that only hands out the tests needs none.
"""

import os
import sys

import django

from tests import ground

HANDS_OUT = "--numprocesses" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ

pytest_plugins = ["tests.sharing"]
if not HANDS_OUT:
    ground.lay()
    django.setup()
    pytest_plugins += ["tests.fixtures"]
