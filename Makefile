# The commands of leadloop; CI calls the same ones. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# A stamp holds the hash of what was installed, so that a second run installs nothing.
RUNTIME := $(VENV)/.runtime-stamp
DEV := $(VENV)/.dev-stamp

.PHONY: help setup setup-dev demo load build dashboard test test-spark test-all lint format docs bench lock clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 16

setup: $(RUNTIME)  ## make the environment from the hash-locked requirements

setup-dev: $(DEV)  ## the same with tests, linters and Spark

$(RUNTIME): requirements.lock pyproject.toml
	@scripts/install.sh requirements.lock $(VENV) "$(PYTHON)"
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml
	@scripts/install.sh requirements-dev.lock $(VENV) "$(PYTHON)"
	@touch $(RUNTIME) $@

demo: $(RUNTIME)  ## the demo company from nothing to the dashboard (ARGS=--no-serve, ARGS="--leads 5000")
	@$(BIN)/leadloop demo $(ARGS)

load: $(RUNTIME)  ## load files: make load ARGS="--mapping canonical --from DIR"
	@$(BIN)/leadloop load $(ARGS)

build: $(RUNTIME)  ## build, audit and publish a new version
	@$(BIN)/leadloop build $(ARGS)

dashboard: $(RUNTIME)  ## serve the dashboard
	@$(BIN)/leadloop dashboard $(ARGS)

test: $(DEV)  ## every test but Spark's: dbt data and unit tests, pytest, AppTest, a real browser
	@scripts/test.sh $(ARGS)

test-spark: $(DEV)  ## build on a real local Spark and compare every mart with DuckDB's
	@scripts/test_spark.sh $(ARGS)

test-all: test test-spark  ## both

lint: $(DEV)  ## ruff, mypy, sqlfluff
	@scripts/lint.sh

format: $(DEV)  ## let ruff format the Python
	@$(BIN)/ruff format leadloop dashboard tests benchmarks
	@$(BIN)/ruff check --fix leadloop dashboard tests benchmarks

docs: $(RUNTIME)  ## dbt's documentation as one static page: target/static_index.html
	@$(BIN)/dbt --quiet build --exclude resource_type:test resource_type:unit_test
	@$(BIN)/dbt --quiet docs generate --static
	@echo "target/static_index.html"

bench: $(DEV)  ## a million leads and ten million activities; benchmarks/README.md has the table
	@$(BIN)/python benchmarks/build.py $(ARGS)

lock:  ## rewrite the lock files (needs uv)
	@scripts/lock.sh

clean:  ## remove what builds leave behind; the data home stays
	@rm -rf target logs dev*.duckdb* spark-warehouse metastore_db derby.log .pytest_cache .hypothesis .mypy_cache .ruff_cache
