"""The programs that one holder of a place runs: started on record, stopped together."""

from collections.abc import Iterator

from wacat.servers import leftovers
from wacat.servers.place import Place
from wacat.servers.processes import Child, Program


class Children:
    """In the order of their start. Whoever makes one must hold the place's lock."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._children: list[Child] = []

    def __iter__(self) -> Iterator[Child]:
        return iter(list(self._children))

    def start(self, program: Program) -> Child:
        """Start a program and write down that it is ours."""
        child = Child(program)
        self._children.append(child)
        self.restart(child)
        return child

    def restart(self, child: Child) -> None:
        """Start a dead child's program again."""
        child.start()
        self._record()

    def end(self, child: Child) -> None:
        """Stop one and forget it."""
        child.stop()
        self._children.remove(child)
        self._record()

    def stop(self) -> None:
        """End all: first what uses the servers, then the servers."""
        for is_server in (False, True):
            wave = [child for child in self if child.program.is_server == is_server]
            for child in wave:
                child.ask_to_stop()
            for child in wave:
                child.stop()
        self._children.clear()
        self._record()

    def _record(self) -> None:
        leftovers.record(
            self.place, {child.program.name: child.pid for child in self if child.pid is not None}
        )
