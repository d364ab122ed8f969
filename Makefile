# `make demo` starts everything, `make test` checks everything. Both need python3 with venv,
# make and libpango; what is missing is named together with the package that brings it.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/ready
PYTEST_ARGS ?=
ADDRESS ?=
# Each process of the run brings servers of its own, and keeps a processor busy with them: more of
# them than there are processors take longer (a quarter, measured with three on two).
PROCESSES := $(shell getconf _NPROCESSORS_ONLN)
PARALLEL := --numprocesses $(PROCESSES) --maxprocesses 4 --dist loadscope --no-loadscope-reorder

# Settings are read by the type checker too; nothing is opened with these.
NO_KEY := AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
LINT_ENVIRONMENT := WACAT_MODE=test SECRET_KEY=lint ALLOWED_HOSTS=localhost \
	PUBLIC_URL=http://localhost FIELD_KEYS=k1:$(NO_KEY) INDEX_KEY=$(NO_KEY) \
	DATABASE_URL=postgres://lint@localhost/lint REDIS_URL=redis://localhost/0

# Workers and servers are started a hundred times in a run: what one has compiled the next one reads.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo demo-reset test lint format bench stress pictures lock FORCE
.NOTPARALLEL:

help:
	@echo "make demo        everything on http://localhost:8000 (PORT=8001 changes it)"
	@echo "make demo-reset  the same, starting over"
	@echo "make test        the whole suite (PYTEST_ARGS='tests/wacat -x' for a part)"
	@echo "make lint        ruff, format check, mypy;   make format   mends what it can"
	@echo "make stress      letters issued by 32 at once while servers are killed"
	@echo "make pictures    those of the README and the guide (ADDRESS=http://… of a demo that runs)"
	@echo "make bench       the benchmarks;   make lock   resolves the requirements anew"

demo: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m wacat.servers.demo

demo-reset: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m wacat.servers.demo --reset

test: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m pytest $(PARALLEL) $(PYTEST_ARGS)

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(LINT_ENVIRONMENT) $(VENV)/bin/mypy --num-workers auto

format: $(READY)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m tests.benchmarks

stress: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m tests.stress

pictures: $(READY)
	@$(PYTHON) -m wacat.servers.prerequisites
	@exec $(PYTHON) -m tests.browser.pictures $(ADDRESS)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header -o requirements-dev.lock

# Asked every time, answered at once by the stamp, which holds the lock's digest and is
# written last: an install that was interrupted is done again.
$(READY): FORCE
	@sh wacat/servers/install.sh $(VENV) requirements-dev.lock $(READY)

FORCE:
