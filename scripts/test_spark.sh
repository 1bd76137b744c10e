#!/usr/bin/env bash
# The second engine. Needs Java 17 or newer; where it is missing this says so and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v java >/dev/null 2>&1 && [ -z "${JAVA_HOME:-}" ]; then
    echo "leadloop: Spark needs Java 17 or newer and there is none here." >&2
    echo "Next: install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME, and run this again." >&2
    exit 1
fi
LEADLOOP_REQUIRE_SPARK=1 .venv/bin/python -m pytest -q -m spark "$@"
