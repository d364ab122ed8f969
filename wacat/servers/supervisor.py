"""Watches children and starts a dead one again, after a pause that grows while it keeps dying."""

import time
from collections.abc import Callable

from wacat.servers.children import Children
from wacat.servers.processes import Child

PULSE = 0.2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
STEADY_SECONDS = 30.0


class StopRequestedError(Exception):
    """A signal asked for the end."""


class Supervisor:
    """Signals only set a flag here, so that no child is started and then forgotten."""

    def __init__(self, children: Children, say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._stop_requested = False
        self._histories: dict[str, _History] = {}

    def request_stop(self) -> None:
        self._stop_requested = True

    def check(self) -> None:
        """Raises StopRequestedError once the end was asked for."""
        if self._stop_requested:
            raise StopRequestedError

    def wait_for(self, child: Child) -> int:
        """The exit code of a child that ends by itself; the others are kept alive meanwhile."""
        while (code := child.exit_code()) is None:
            self._look(except_for=child)
        return code

    def watch_until(self, happened: Callable[[], bool]) -> None:
        """Keep all children alive until something happened."""
        while not happened():
            self._look()

    def watch(self) -> None:
        """Keep all children alive until the end is asked for."""
        self.watch_until(lambda: False)

    def _look(self, except_for: Child | None = None) -> None:
        self.check()
        for child in self._children:
            code = child.exit_code()
            if code is not None and child is not except_for:
                self._revive(child, code)
        time.sleep(PULSE)

    def _revive(self, child: Child, code: int) -> None:
        history = self._histories.setdefault(child.program.name, _History())
        if history.note_death():
            reason = f"signal {-code}" if code < 0 else f"exit code {code}"
            self._say(f"{child.program.name} died ({reason}) and is started again.")
        if history.may_start():
            self._children.restart(child)
            history.note_start()


class _History:
    """When one child died and may be started again."""

    def __init__(self) -> None:
        self._started = -STEADY_SECONDS
        self._start_again_at: float | None = None
        self._pause = FIRST_PAUSE

    def note_death(self) -> bool:
        """True when this death is news."""
        if self._start_again_at is not None:
            return False
        now = time.monotonic()
        steady = now - self._started > STEADY_SECONDS
        self._pause = FIRST_PAUSE if steady else min(2 * self._pause, LONGEST_PAUSE)
        self._start_again_at = now + self._pause
        return True

    def may_start(self) -> bool:
        return self._start_again_at is not None and time.monotonic() >= self._start_again_at

    def note_start(self) -> None:
        self._start_again_at = None
        self._started = time.monotonic()
