#!/usr/bin/env bash
# Formatting, lint and types of the Python; lint of the SQL.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff format --check leadloop dashboard tests benchmarks
.venv/bin/ruff check leadloop dashboard tests benchmarks
.venv/bin/mypy
.venv/bin/sqlfluff lint --processes 2 models tests/data
