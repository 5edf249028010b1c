# Every target that needs the set-up does it first; when nothing has changed that takes a moment.
# Paths are relative, so that the folder may have any name.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup lock demo up down test test-unit test-contract test-integration test-e2e \
	codegen schema codegen-check check bench-path bench-engine bench-live screenshots conformance-hasura record-histories fmt set-up set-up-stack set-up-tests set-up-checks

PYTHON := $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
PYTEST := $(VENV)/python -m pytest

# What the caller types for the demo reaches it as it was typed: through the environment, never through a shell line.
demo: export FRACTALOPS_DEMO_REPO := $(value REPO)
demo: export FRACTALOPS_DEMO_RUN := $(value RUN)
demo: export FRACTALOPS_DEMO_VERIFY := $(value VERIFY)
unexport REPO RUN VERIFY

# The suite is public and not ours: it lies beside the project, or wherever HASURA_SUITE says.
HASURA_SUITE ?= ../shared/conformance/hasura
conformance-hasura: export FRACTALOPS_CONFORMANCE_SUITE := $(value HASURA_SUITE)
conformance-hasura: export FRACTALOPS_CONFORMANCE_CATEGORY := $(value CATEGORY)
conformance-hasura: export FRACTALOPS_CONFORMANCE_ONLY := $(value ONLY)
conformance-hasura: export FRACTALOPS_CONFORMANCE_VERBOSE := $(value VERBOSE)
unexport HASURA_SUITE CATEGORY ONLY VERBOSE

export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

help: ## show this list
	@echo "FractalOps. Usage: make <target>"
	@echo
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: set-up-tests set-up-checks ## install all that the other targets need (they do it themselves as well)
	@echo "Ready. Next: make demo, make up, make test."

lock: ## write the hashed requirement locks anew
	@$(PYTHON) scripts/setup.py --lock

demo: set-up-stack ## play the main job end to end on a throw-away stack; own job: REPO=… RUN=… VERIFY=…
	@$(VENV)/python -m entrypoints.demo

up: set-up-stack ## start the stack in this terminal; Ctrl-C stops it (detached: .venv/bin/fractalops up --detach)
	@$(VENV)/python -m entrypoints.cli up

down: set-up ## stop the stack that `make up` started
	@$(VENV)/python -m entrypoints.cli down

test: set-up-tests ## run every test
	@$(PYTEST)

test-unit: set-up ## run the tests that need no server
	@$(PYTEST) tests/unit

test-contract: set-up-tests ## run the tests that hold the rooms to their contracts and the house to its rules
	@$(PYTEST) tests/contract

test-integration: set-up-tests ## run the tests that speak to real servers on this machine
	@$(PYTEST) tests/integration

test-e2e: set-up-stack ## run the tests that play the whole way
	@$(PYTEST) tests/e2e

schema: set-up ## write the schema as the migrations leave it
	@$(VENV)/python -m entrypoints.schema

codegen: set-up-checks ## write every file that follows from the contracts and the metadata (docs/codegen.md)
	@$(VENV)/python -m entrypoints.codegen

codegen-check: set-up-checks ## show which generated files are stale and what a change of the schema breaks; fail if so
	@$(VENV)/python -m entrypoints.codegen --check

check: set-up-checks ## lint, format, types, layers, house rules, generated files
	@$(VENV)/python scripts/check.py

bench-path: set-up ## measure the one path
	@$(VENV)/python -m tests.bench.path

bench-engine: set-up ## measure the Hasura-compatible engine beside its peers; QUICK=1 for a first look
	@$(VENV)/python -m tests.bench.engine $(if $(QUICK),--quick)

bench-live: set-up-stack ## measure from a commit to the screens beside bare NOTIFY; QUICK=1 for a first look
	@$(VENV)/python -m tests.bench.live $(if $(QUICK),--quick)

screenshots: set-up-stack ## take a picture of every page of the portal (docs/portal)
	@$(VENV)/python -m tests.e2e.screenshots

conformance-hasura: set-up ## run Hasura's public suite against the engine; some: CATEGORY='actions:*' ONLY=… VERBOSE=1
	@$(VENV)/python -m tests.conformance

record-histories: set-up-tests ## record anew the workflow histories that tests replay (docs/changing-a-workflow.md)
	@$(VENV)/python -m tests.replay

fmt: set-up ## put the code into the house's format
	@$(VENV)/ruff check --fix-only --quiet .
	@$(VENV)/ruff format .

set-up:
	@$(PYTHON) scripts/setup.py

set-up-stack:
	@$(PYTHON) scripts/setup.py --stack

set-up-tests:
	@$(PYTHON) scripts/setup.py --stack --clients --checks

set-up-checks:
	@$(PYTHON) scripts/setup.py --checks --clients
