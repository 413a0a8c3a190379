# Every target sets itself up from requirements.lock; second runs are quick.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV_VERSION := 0.13.9
BENCH := actors aggregate coder extraction gazetteer pipeline poll publish
BENCH_LONG := dedup growth open

# Prefect must not phone home, and one home folder belongs to one Prefect version.
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS := 120
export PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED := false

.PHONY: help install demo run test check format bench benchlong quality up down lock golden clean

help:  ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## virtual environment from the lock file

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("Conflictwire needs Python 3.11 or newer; set PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null
	@$(BIN)/uv --version 2>/dev/null | grep -q ' $(UV_VERSION)' || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
	@VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)

lock: install  ## re-resolve requirements.lock (review the diff)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade -q -o requirements.lock

demo: install  ## the whole nightly job on the bundled newsroom, over HTTP on loopback
	@$(BIN)/python -m flows.demo

run: install  ## the same flow on your feeds.toml (real feeds)
	@$(BIN)/conflictwire run

test: install  ## every test
	@$(BIN)/python -m pytest tests -n 2 --dist loadfile -rs

check: install  ## format, lint, types, fast tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/unit tests/structure -m 'not slow and not prefect and not browser' -n 2 --dist loadfile

format: install  ## ruff format and the safe lint fixes
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install  ## speed figures as ratios against a named reference
	@for name in $(BENCH); do $(BIN)/python -m benchmarks.speed $$name; done

benchlong: install  ## those that take minutes: archives of a million articles
	@for name in $(BENCH_LONG); do $(BIN)/python -m benchmarks.speed $$name; done

quality: install  ## quality figures on the project's own gold
	@$(BIN)/python -m benchmarks.quality

up: install  ## Prefect server on 127.0.0.1, worker, pool, queue, limits, automation, deployments
	@$(BIN)/python -m flows.server up

down: install  ## stop what `make up` started
	@$(BIN)/python -m flows.server down

golden: install  ## rewrite golden files; review the diff
	@$(BIN)/python -m pytest tests/golden tests/integration/test_readme.py --rewrite-golden

clean:  ## remove caches and the virtual environment (never data/)
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
