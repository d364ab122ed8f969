"""``make bench``: lists, figures, letters, an import, a training day; beside plain ways of them.

On servers of its own, thrown away afterwards. What counts is the ratio: both columns come from
the same machine at the same time.
"""

import os
import sys

import django
from django.core.management import call_command

from tests import ground

# BENCH_PEOPLE=1000000 adds a town of that size; it takes some minutes to be born.
SIZES = (10_000, 100_000, *map(int, filter(None, [os.environ.get("BENCH_PEOPLE")])))


def main() -> int:
    ground.lay()
    django.setup()
    from tests import database
    from tests.benchmarks import (
        entrance,
        feeds,
        figures,
        importing,
        letter,
        list_page,
        services,
        timing,
        town,
    )

    call_command("collectstatic", interactive=False, verbosity=0)
    database.create()
    people = town.Town()
    timing.heading()
    for size in SIZES:
        people.grow_to(size)
        list_page.run(size)
        figures.run(size)
    print()
    letter.run()
    print()
    importing.run()
    feeds.run()
    print()
    services.run()
    print()
    entrance.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
