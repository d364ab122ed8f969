"""The servers and their supervision, on the real programs; the application is a stand-in."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import psutil
import psycopg
import pytest
import redis

from wacat.servers import GroundError, leftovers, running_servers
from wacat.servers.place import OUTSIDE, Place, prepare_place
from wacat.servers.ports import free_port
from wacat.servers.processes import MARK
from wacat.servers.running import BASE_DIR

NAMED_ELSEWHERE = (
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
    "MAINTENANCE_DATABASE_URL",
    "REDIS_URL",
)
AS_ROOT = os.geteuid() == 0


@pytest.fixture(autouse=True)
def own_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test session's servers must not be taken for ones that the environment names."""
    for name in (*NAMED_ELSEWHERE, "PUBLIC_URL", "ALLOWED_HOSTS", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One place for all: a second start takes a fifth of the first one's time."""
    folder = tmp_path_factory.mktemp("home") / "clone" / "var"
    for parent in (folder.parent.parent, folder.parent):
        parent.mkdir(mode=0o700, exist_ok=True)
    yield folder
    left = processes_of(folder)
    prepare_place(folder).remove()
    assert left == []


class RunningDemo:
    """``make demo`` of the stand-in, as a person starts it."""

    def __init__(self, var: Path, port: int, *arguments: str) -> None:
        self.var, self.port = var, port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.wacat.stand_in_demo", *arguments],
            cwd=BASE_DIR,
            env=os.environ | {"WACAT_VAR": str(var), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_up(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "WaCAT runs at" in line:
                return
        pytest.fail(f"the demo ended with {self.process.wait()}")

    def pids(self) -> dict[str, int]:
        note = json.loads((self.var / "run" / "children.json").read_text())
        return {entry["name"]: entry["pid"] for entry in note["children"]}

    def web_pid(self) -> int:
        with urlopen(f"http://127.0.0.1:{self.port}/") as answer:
            return int(answer.read())

    def variables(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.var / "run" / "environment.json").read_text())
        return found

    def end(self, number: signal.Signals) -> str:
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=20)
        return output


@pytest.fixture
def start_demo(var: Path) -> Iterator[Callable[..., RunningDemo]]:
    started: list[RunningDemo] = []

    def start(*arguments: str) -> RunningDemo:
        port = started[0].port if started else free_port()
        started.append(RunningDemo(var, port, *arguments))
        return started[-1]

    yield start
    for demo in started:
        demo.process.terminate()
        demo.process.communicate(timeout=20)
    leftovers.clear(prepare_place(var))


def test_no_folder_above_is_opened_to_others(var: Path) -> None:
    """As in a private home: PostgreSQL's account must find another way in."""
    above = [*var.parents, *Path(sys.prefix).parents]
    before = [mode(folder) for folder in above]
    with running_servers(var, durable=False) as variables:
        assert [mode(folder) for folder in above] == before
        with psycopg.connect(variables["DATABASE_URL"]) as connection:
            assert connection.info.server_version >= 180000
        place = prepare_place(var)
        assert (OUTSIDE in place.data.parents) == AS_ROOT
    assert [mode(folder) for folder in above] == before


def test_the_roles_and_secrets_are_as_promised(var: Path) -> None:
    with running_servers(var, durable=False) as variables:
        roles = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles"
        with psycopg.connect(variables["DATABASE_URL"]) as connection:
            app = connection.execute(f"{roles} WHERE rolname = current_user").fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE mine (id int)")
        assert app == (False, False, False, True)
        with psycopg.connect(variables["MIGRATION_DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE ours (id int)")
            extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()
        assert {("btree_gist",), ("pg_trgm",)} <= set(extensions)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(variables["DATABASE_URL"].replace(":", ":x", 2).replace(":x//", "://"))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url("redis://" + variables["REDIS_URL"].split("@")[1]).ping()
    assert mode(var / "secrets.json") == 0o600
    assert mode(prepare_place(var).data / "postgres") == 0o700


def test_half_of_a_database_address_is_refused(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/wacat")
    with pytest.raises(GroundError, match="MIGRATION_DATABASE_URL"), running_servers(var):
        pytest.fail("it must not start")


def test_what_dies_is_started_again_and_keeps_its_data(
    start_demo: Callable[..., RunningDemo],
) -> None:
    demo = start_demo()
    demo.wait_until_up()
    variables = demo.variables()
    broker = redis.Redis.from_url(variables["REDIS_URL"])
    broker.set("kept", "yes")
    with psycopg.connect(variables["MIGRATION_DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    before = demo.pids()
    assert set(before) == {"postgresql", "valkey", "web", "worker"}
    time.sleep(1.2)  # the append-only file is written every second
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(set(demo.pids().values()) - set(before.values())) == len(before))
    eventually(lambda: demo.web_pid() == demo.pids()["web"])
    eventually(lambda: broker.get("kept") == b"yes")
    eventually(lambda: count(variables["MIGRATION_DATABASE_URL"], "kept") == 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_and_the_next_start_is_quick(
    start_demo: Callable[..., RunningDemo], var: Path, number: signal.Signals
) -> None:
    demo = start_demo()
    demo.wait_until_up()
    assert len(processes_of(var)) >= 5  # the two servers, web, worker and the worker's child
    assert "Stopped" in demo.end(number)
    assert demo.process.returncode == 0
    assert processes_of(var) == []


def test_what_a_killed_supervisor_left_is_cleared(
    start_demo: Callable[..., RunningDemo], var: Path
) -> None:
    first = start_demo()
    first.wait_until_up()
    first.end(signal.SIGKILL)
    orphans = processes_of(var)
    assert len(orphans) >= 5
    second = start_demo()
    second.wait_until_up()
    assert second.web_pid() == second.pids()["web"]
    assert not any(alive(process) for process in orphans)


def test_a_recycled_process_id_is_left_alone(var: Path) -> None:
    place = prepare_place(var)
    with subprocess.Popen(["sleep", "60"]) as bystander:
        leftovers.record(place, {"web": bystander.pid})
        note = place.run / "children.json"
        entries = json.loads(note.read_text())
        entries["children"][0]["started"] -= 3600
        note.write_text(json.dumps(entries))
        assert leftovers.clear(place) == []
        assert bystander.poll() is None
        bystander.kill()


def test_a_copied_clone_leaves_the_original_alone(
    start_demo: Callable[..., RunningDemo], var: Path, tmp_path: Path
) -> None:
    original = start_demo()
    original.wait_until_up()
    copy = tmp_path / "var"
    copy.mkdir()
    for name in ("id", "run"):
        subprocess.run(["cp", "-r", str(var / name), str(copy)], check=True)
    place = prepare_place(copy)
    assert place.identity != prepare_place(var).identity
    assert leftovers.clear(place) == []
    place.remove()
    assert original.web_pid() == original.pids()["web"]


def test_a_second_one_is_refused(start_demo: Callable[..., RunningDemo], var: Path) -> None:
    first = start_demo()
    first.wait_until_up()
    for arguments in ([], ["--reset"]):
        second = RunningDemo(var, free_port(), *arguments)
        output, _ = second.process.communicate(timeout=10)
        assert second.process.returncode == 1
        assert f"already runs from {var}" in output
    assert first.web_pid() == first.pids()["web"]


def test_a_taken_port_is_named_and_reset_starts_over(
    start_demo: Callable[..., RunningDemo], var: Path, tmp_path: Path
) -> None:
    first = start_demo()
    first.wait_until_up()
    other = RunningDemo(tmp_path / "var", first.port)
    output, _ = other.process.communicate(timeout=10)
    assert other.process.returncode == 1
    assert f"Port {first.port} is taken" in output
    prepare_place(tmp_path / "var").remove()
    secret = (var / "secrets.json").read_text()
    first.end(signal.SIGTERM)
    start_demo("--reset").wait_until_up()
    assert (var / "secrets.json").read_text() != secret


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def count(address: str, table: str) -> int | None:
    try:
        with psycopg.connect(address, connect_timeout=2) as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    except psycopg.OperationalError:
        return None
    return int(row[0]) if row else None


def processes_of(var: Path) -> list[psutil.Process]:
    """All that work for this place, found without its own records."""
    place = prepare_place(var)
    return [process for process in psutil.process_iter() if works_for(place, process)]


def works_for(place: Place, process: psutil.Process) -> bool:
    # The servers write their titles over their environment, so these are known by their folder.
    try:
        marked = process.environ().get(MARK) == place.identity
        return alive(process) and (marked or place.data in Path(process.cwd()).parents)
    except psutil.Error:
        return False


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def eventually(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Fails unless it becomes true in time; connection errors count as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if true():
                return
        except (OSError, redis.RedisError):
            pass
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
