"""A real gunicorn on the test database, and a browser's worth of HTTP for many at once."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psutil

from wacat.servers.application import runtime_only
from wacat.servers.running import BASE_DIR

START_SECONDS = 30.0
ANSWER_SECONDS = 300.0
_COOKIE = re.compile(rb"(?im)^set-cookie: ([^=]+)=([^;]*)")
_LOCATION = re.compile(rb"(?im)^location: (\S+)")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Server:
    """A running web server; ``memory`` is what all its processes hold, in megabytes."""

    port: int
    process: psutil.Process

    @property
    def memory(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family) / 1e6


@contextmanager
def running_web() -> Iterator[Server]:
    """Gunicorn as in the demo and in production, for as long as the block lasts."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "wacat.wsgi:application"]
    settings = ["--config", "python:wacat.servers.gunicorn_settings"]
    child = subprocess.Popen(
        [*command, *settings, "--bind", f"127.0.0.1:{port}"],
        cwd=BASE_DIR,
        env=runtime_only(os.environ),
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Server(port, psutil.Process(child.pid))
    finally:
        child.terminate()
        child.wait(30)


@dataclass
class Answer:
    status: int
    location: str
    body: bytes


@dataclass
class Visitor:
    """One browser: its cookies, and the token of the last form it saw."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, **fields: str) -> Answer:
        """A form posted; its token is added."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return await self._ask("POST", path, body)

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            f"Cookie: {jar}",
            f"Origin: http://localhost:{self.port}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
            await writer.drain()
            whole = await asyncio.wait_for(reader.read(), ANSWER_SECONDS)
        finally:
            writer.close()
        return self._read(whole)

    def _read(self, whole: bytes) -> Answer:
        top, _, body = whole.partition(b"\r\n\r\n")
        for name, value in _COOKIE.findall(top):
            self.cookies[name.decode()] = value.decode()
        if token := _TOKEN.search(body):
            self.token = token[1].decode()
        location = _LOCATION.search(top)
        return Answer(int(top.split()[1]), location[1].decode() if location else "", body)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(int(START_SECONDS * 10)):
        with socket.socket() as one:
            one.settimeout(1)
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not start")
