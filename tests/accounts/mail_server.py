"""A mail server for tests: speaks SMTP over a real socket, and answers as it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

Answer = str | Callable[[], str]


@dataclass
class MailServer:
    """``answers`` maps a command (``EHLO``, ``MAIL``, ``RCPT``, ``DATA``, ``QUIT``) to its answer.

    ``.`` is the end of a mail, which is kept before it is answered for. An answer may be a
    call, which blocks as long as it likes; without one all goes well.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    raw: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, in order."""
        return [message_from_bytes(one, policy=default) for one in self.raw]

    def answer(self, command: str, otherwise: str) -> str:
        told = self.answers.get(command, otherwise)
        return told if isinstance(told, str) else told()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close = True, False
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mail_server = MailServer(port=self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle of a talk is what tests do."""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = cast(_Server, self.server).mail_server
        self._say("220 ready")
        while line := self.rfile.readline():
            command = line.decode().strip()[:4].upper()
            answer = server.answer(command, _USUAL.get(command, "250 ok"))
            self._say(answer)
            if command == "QUIT":
                return
            if answer.startswith("354"):
                self._take(server)

    def _take(self, server: MailServer) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:  # gone before the end: such a mail is none
                return
            lines.append(line.removeprefix(b"."))
        server.raw.append(b"".join(lines))
        self._say(server.answer(".", "250 taken"))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


_USUAL = {"DATA": "354 go on", "QUIT": "221 bye"}


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    """A server on a free port of this machine."""
    with _Server() as server:
        # It looks that often (in seconds) whether it is to end.
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.mail_server
        server.shutdown()
