#!/usr/bin/env bash
# Every test that needs no Spark. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
LEADLOOP_CHROMIUM=$(scripts/browser.sh)
export LEADLOOP_CHROMIUM LEADLOOP_REQUIRE_BROWSER=1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

echo "== dbt build by hand, on the sample company: data and unit tests"
# a home of its own, so that a company loaded into data/ is neither read nor touched
LEADLOOP_HOME=$scratch/home LEADLOOP_WAREHOUSE=$scratch/dev.duckdb LEADLOOP_SCRATCH=$scratch/dev_scratch.duckdb \
    .venv/bin/dbt --no-use-colors build --target-path "$scratch/target" --log-path "$scratch/logs" \
    --log-level warn --log-level-file none
.venv/bin/python scripts/dbt_summary.py "$scratch/target/run_results.json"
echo "== pytest"
.venv/bin/python -m pytest -q -m "not spark" "$@"
