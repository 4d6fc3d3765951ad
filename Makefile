# make run    installs what is missing and serves the platform with its example sites on http://localhost:8000
# make test   installs what is missing and runs every check
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq
LOCKED := $(PIP) --require-hashes --no-deps --no-compile -r
COMPILE := $(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true
JOBS ?= $(shell $(PYTHON) -c "import os; print(max(2, os.cpu_count() or 1))" 2>/dev/null || echo 2)
LOCK := $(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# Python writes its bytecode whatever the caller's shell says: many short processes would else compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: bench-widgets bench-large bench-evidence bench-knowledge bench-ledger bench-scanner bench-stats help setup run test trials lint style types imports collect pytest lock clean

help:
	@echo "make run    install, serve the platform and its example sites, prove their policies true"
	@echo "make test   install, run every check: style, types, import contract, tests (browser tests too)"
	@echo "make trials the long trials (scans, second looks) that make test leaves out"
	@echo "make setup  install only        make lint  style, types, imports only        make lock  renew requirements/*.txt"

setup: $(VENV)/.installed $(VENV)/.browser

run: setup
	@exec $(BIN)/bredele demo

# Two at a time where one of them leaves a core idle.
test: | $(BIN)/pip
	@$(MAKE) --no-print-directory -j 2 $(VENV)/.dev $(VENV)/.programs $(VENV)/.widget
	@$(MAKE) --no-print-directory -j 2 lint collect
	@$(MAKE) --no-print-directory pytest

lint: style types imports

# Compiles the tests once: each worker would do it for itself. What is wrong here is told by `pytest`.
collect: $(VENV)/.dev
	@$(BIN)/pytest --collect-only -qq >/dev/null 2>&1 || true

style: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	BREDELE_DATA=$(VENV)/types $(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

pytest: $(VENV)/.dev $(VENV)/.programs
	@$(BIN)/python -m bredele.scanner.chromium || echo "*** BROWSER TESTS CANNOT RUN: see the line above. ***" >&2
	@$(BIN)/python -m tests.postgres --install || true
	BREDELE_CHROMIUM="$$($(BIN)/python -m tests.browser)" \
	  $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not trial"

# What takes minutes: every shape of banner, one seeded violation per rule, second looks at pages already seen, and the like.
trials: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m trial

# Stamps: a second `make run` compares four dates and starts.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "error: $(PYTHON) is missing or older than 3.11. Cure: install Python 3.11 or newer, then: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); echo "error: this Python has no venv. Cure: apt-get install python3-venv (or your system's like), then again." >&2; exit 1; }
	@$(PIP) --require-hashes --no-deps -r requirements/pip.txt

$(VENV)/.installed: requirements/server.txt pyproject.toml | $(BIN)/pip
	@echo "Installing what the platform needs (once; about a minute) ..."
	@$(LOCKED) requirements/server.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.installed
	@echo "Installing what the tests need (once) ..."
	@$(LOCKED) requirements/dev.txt
	@$(COMPILE)
	@touch $@

# Without a browser the rest works: the module says what is off and how to get one. `rm .venv/.browser` tries again.
$(VENV)/.browser: | $(VENV)/.installed
	@$(BIN)/python -m bredele.scanner.chromium --install || true
	@touch $@

# What only tests use; without it they say what they leave out.
$(VENV)/.programs: | $(VENV)/.browser
	@$(BIN)/python -m tests.postgres --install || true
	@$(BIN)/python -m tests.browser --install >/dev/null || true
	@touch $@

# Node is needed to change the widget only: what it builds is committed. `make widget` builds it anew.
$(VENV)/.widget: widget/package-lock.json | $(BIN)/pip
	@if command -v npm >/dev/null; then echo "Installing what the widget is built with (once) ..."; npm ci --prefix widget --silent || \
	  echo "note: the widget's packages could not be fetched; its build is not checked." >&2; \
	else echo "note: no Node here; the widget's build is not checked." >&2; fi
	@touch $@

widget: $(VENV)/.widget
	cd widget && node build.mjs

# What is pinned stays pinned; `make lock UPGRADE=--upgrade` renews every version.
lock: $(VENV)/.dev
	$(PIP) pip-tools
	cd requirements && for name in pip base server dev; do ../$(LOCK) --output-file $$name.txt $$name.in || exit 1; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

bench-knowledge: $(VENV)/.dev
	$(BIN)/python -m bench.knowledge $(FILE)

bench-evidence: $(VENV)/.dev
	$(BIN)/python -m bench.evidence

bench-widgets: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/python -m bench.widgets --rounds $(or $(ROUNDS),5)

bench-scanner: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/python -m bench.scanner.verify
	$(BIN)/python -m bench.scanner.run

bench-large: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/python -m bench.scanner.large --pages $(or $(PAGES),1000)

bench-stats: $(VENV)/.dev
	$(BIN)/python -m bench.stats $(PARTS)

bench-ledger: $(VENV)/.dev
	$(BIN)/python -m bench.ledger $(TRIALS)
