#!/usr/bin/env bash
# Rewrites both lock files without any index address. Needs uv on the PATH.
# duckdb is held at the version dbt-duckdb itself is tested with (docs/decisions.md).
set -euo pipefail
cd "$(dirname "$0")/.."
pins=$(mktemp)
trap 'rm -f "$pins"' EXIT
echo "duckdb==1.5.5" > "$pins"
compile() {
    uv pip compile pyproject.toml --universal --generate-hashes --no-strip-extras \
        --no-annotate --no-header --quiet "$@"
}
compile --all-extras -c "$pins" -o requirements-dev.lock
compile --extra build -c requirements-dev.lock -c "$pins" -o requirements.lock
