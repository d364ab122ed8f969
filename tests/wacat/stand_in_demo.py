"""``make demo`` with stand-ins for the application: the supervision is the real one.

The web answers its process id; the worker has a child of its own, like Celery's pool.
"""

import sys
from collections.abc import Mapping

from wacat.servers.demo import main
from wacat.servers.place import Place
from wacat.servers.processes import Program
from wacat.servers.running import BASE_DIR
from wacat.servers.services import Services

_WEB = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)
http.server.HTTPServer(("127.0.0.1", int({port!r})), Handler).serve_forever()
"""
_WORKER = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
time.sleep(600)
"""


def _program(place: Place, environment: Mapping[str, str], name: str, code: str) -> Program:
    return Program(
        name=name,
        command=[sys.executable, "-c", code],
        environment=environment,
        folder=BASE_DIR,
        log=place.logs / f"{name}.log",
        grace=2.0,
    )


def _preparation(place: Place, environment: Mapping[str, str]) -> Program:
    return _program(place, environment, "preparation", "")


def _programs(place: Place, environment: Mapping[str, str], host: str, port: int) -> list[Program]:
    return [
        _program(place, environment, "web", _WEB.format(port=port)),
        _program(place, environment, "worker", _WORKER),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Services(_preparation, _programs)))
