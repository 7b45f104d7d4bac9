# Everything a person needs to install, try, test and check Throughline.

.DEFAULT_GOAL := help
.PHONY: install demo test check bench help node system

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILT := src/throughline/web/static/build
FRONTEND := $(shell find frontend -type f)
# Journeys and kills wait as often as they work, so one process more than there are processors is the quickest.
WORKERS = $(shell echo $$(( $$(nproc) + 1 )))

install: $(VENV)/.installed $(BUILT)/.built ## Make .venv with everything in it and build the assets

demo: install ## Start the demonstration on http://127.0.0.1:8000
	$(BIN)/throughline demo

test: system install ## Run every test, installing missing system packages first
	$(BIN)/pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist loadscope --no-loadscope-reorder

check: install ## Check format, lint, types, floors, templates, migrations and dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	npm run --silent check
	$(BIN)/python scripts/lint_migrations.py
	$(BIN)/python scripts/audit_dependencies.py

bench: install ## Run the benchmarks
	$(BIN)/python -m benchmarks

help: ## Show these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

system:
	@scripts/install-system-packages

node:
	@node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null \
		|| { echo "Throughline builds its pages with Node.js: install Node.js 20 or later, with npm, and run this again." >&2; exit 1; }

# The stamp files below record what was done, so that a second run has nothing to do.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Throughline needs Python 3.11 or later: install it, or name it with 'make PYTHON=/path/to/python3 install'." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package-lock.json package.json | node
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(BUILT)/.built: node_modules/.installed $(FRONTEND)
	node frontend/build.mjs
	@touch $@
