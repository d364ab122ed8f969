"""Lays the ground on import, because conftests of sub-folders import models on theirs.

The fixtures themselves are in :mod:`tests.fixtures`.
"""

import django

from tests import ground

ground.lay()
django.setup()

pytest_plugins = ["tests.fixtures"]
