#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests: the system's; else one from Debian's packages where we
# are root; else Playwright's own. Says on stderr which.
set -euo pipefail
say() { echo "leadloop: $*" >&2; }

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_japanese() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=ja | head -1)" ]; }
install_with_apt() {
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

if [ -n "${LEADLOOP_CHROMIUM:-}" ]; then
    say "browser tests use LEADLOOP_CHROMIUM=$LEADLOOP_CHROMIUM"
    echo "$LEADLOOP_CHROMIUM"
    exit 0
fi
can_apt=no
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then can_apt=yes; fi
if [ "$can_apt" = yes ] && ! { find_chromium >/dev/null && has_japanese; }; then
    say "installing chromium and a Japanese font with apt"
    install_with_apt chromium fonts-noto-cjk fontconfig
fi
if path=$(find_chromium); then
    say "browser tests use the system's $path"
    echo "$path"
    exit 0
fi
say "no Chromium here and no apt: asking Playwright for its own"
.venv/bin/python -m playwright install chromium >&2
.venv/bin/python -c "
from playwright.sync_api import sync_playwright
with sync_playwright() as p: print(p.chromium.executable_path)"
