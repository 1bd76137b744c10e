#!/usr/bin/env bash
# Installs a lock file and this project into a virtual environment. Takes uv where it is there (seconds),
# else pip. usage: install.sh LOCK VENV PYTHON
set -euo pipefail
lock=$1 venv=$2 python=$3

"$python" - <<'PY' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"leadloop needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}. "
             "Name another one: make PYTHON=python3.12 ...")
PY

say() { echo "leadloop: $*" >&2; }
if command -v uv >/dev/null 2>&1; then
    [ -x "$venv/bin/python" ] || { say "making $venv with uv"; uv venv --quiet --python "$python" "$venv"; }
    say "installing $lock with uv"
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
    [ -x "$venv/bin/pip" ] || { say "making $venv"; "$python" -m venv "$venv"; }
    say "installing $lock with pip (a minute or two, once)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
