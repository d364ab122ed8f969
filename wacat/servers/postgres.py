"""The clone's own PostgreSQL: its cluster, its three roles, how it starts and stops."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from wacat.servers import leftovers
from wacat.servers.errors import GroundError
from wacat.servers.place import Place
from wacat.servers.ports import LOOPBACK
from wacat.servers.processes import MARK, Program
from wacat.servers.programs import postgres_programs

MAJOR = "18"
DATABASE = "wacat"
OWNER = "wacat_owner"
APP = "wacat_app"
MAINTENANCE = "wacat_maintenance"
EXTENSIONS = ("btree_gist", "pg_trgm")
# The order of text must not depend on the machine's locales.
_LOCALE = (
    "--no-locale",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# Values of rows do not belong in a log: neither the failing statement nor its details.
_OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# Rows of a test are never committed: counted in between, its tables look empty to the planner.
_HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class Postgres:
    """A cluster in ``place.data/postgres``; ``durable=False`` trades safety for speed (tests)."""

    name = "postgresql"

    def __init__(self, place: Place, keys: Mapping[str, str], port: int, durable: bool) -> None:
        self.place, self.port, self._keys, self._durable = place, port, keys, durable
        self._programs = postgres_programs(place)
        self._folder = place.data / "postgres"

    def program(self) -> Program:
        options = _OPTIONS | ({} if self._durable else _HASTE)
        settings = [f"--{name}={value}" for name, value in options.items()]
        return Program(
            name=self.name,
            command=[
                str(self._programs / "postgres"),
                *("-D", str(self._folder), "-p", str(self.port)),
                *settings,
            ],
            environment=self._environment(),
            folder=self.place.data,
            log=self.place.logs / "postgresql.log",
            account=self.place.account,
            is_server=True,
            stop_signals=(signal.SIGINT, signal.SIGQUIT),
            before_start=self._clear_the_way,
        )

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError), self._connect("postgres"):
            return True
        return False

    def settle(self) -> None:
        """Make the roles and the database, where they are missing."""
        with self._connect("postgres") as connection:
            # The owner may make databases: tests and a drilled restore need their own.
            _ensure_role(connection, OWNER, self._keys["OWNER_PASSWORD"], "CREATEDB")
            _ensure_role(connection, APP, self._keys["APP_PASSWORD"], "NOCREATEDB")
            _ensure_role(connection, MAINTENANCE, self._keys["MAINTENANCE_PASSWORD"], "NOCREATEDB")
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if found is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )
        with self._connect(DATABASE) as connection:
            for extension in EXTENSIONS:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )

    def variables(self) -> dict[str, str]:
        """What the application, the migration job and retention are told."""
        return {
            "DATABASE_URL": self._address(APP, self._keys["APP_PASSWORD"]),
            "MIGRATION_DATABASE_URL": self._address(OWNER, self._keys["OWNER_PASSWORD"]),
            "MAINTENANCE_DATABASE_URL": self._address(
                MAINTENANCE, self._keys["MAINTENANCE_PASSWORD"]
            ),
        }

    def _address(self, role: str, password: str) -> str:
        return f"postgres://{role}:{password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", MARK: self.place.identity}

    def _connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=LOOPBACK,
            port=self.port,
            dbname=database,
            user="postgres",
            password=self._keys["POSTGRES_PASSWORD"],
            connect_timeout=5,
            autocommit=True,
        )

    def _clear_the_way(self) -> None:
        """Make the cluster when there is none, and forget a postmaster that is dead."""
        version = self._folder / "PG_VERSION"
        if not version.exists():
            self._initialise()
        elif version.read_text().strip() != MAJOR:
            raise GroundError(
                f"{self._folder} holds data of PostgreSQL {version.read_text().strip()}, "
                f"this is {MAJOR}: `make demo-reset` starts over."
            )
        leftovers.end_processes_in(self._folder)
        # A zombie's process id still counts as alive to PostgreSQL, so the file would stop it.
        (self._folder / "postmaster.pid").unlink(missing_ok=True)

    def _initialise(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        draft = self.place.own_folder("postgres.new")
        shutil.rmtree(draft)
        draft = self.place.own_folder("postgres.new")
        password = self._password_file()
        try:
            self._run_initdb(draft, password)
        finally:
            password.unlink()
        draft.rename(self._folder)

    def _run_initdb(self, target: Path, password: Path) -> None:
        account = self.place.account
        result = subprocess.run(
            [
                str(self._programs / "initdb"),
                *("-D", str(target), "-U", "postgres", f"--pwfile={password}"),
                *("--auth=scram-sha-256", *_LOCALE, *(() if self._durable else ("--no-sync",))),
            ],
            env=self._environment(),
            cwd=self.place.data,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if result.returncode:
            raise GroundError(f"PostgreSQL could not be set up:\n{result.stderr.strip()}")

    def _password_file(self) -> Path:
        path = self.place.data / "postgres.password"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(self._keys["POSTGRES_PASSWORD"])
        self.place.give(path)
        return path


def _ensure_role(
    connection: "psycopg.Connection[tuple[object, ...]]", name: str, password: str, databases: str
) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER {} NOCREATEROLE PASSWORD {}").format(
        sql.SQL("ALTER" if found else "CREATE"),
        sql.Identifier(name),
        sql.SQL(databases),
        sql.Literal(password),
    )
    connection.execute(statement)
