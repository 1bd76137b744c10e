"""How long a reader waits: first paint, all charts, and the answer to a changed filter.

`python benchmarks/dashboard_paint.py --home HOME` serves the published version of HOME as `leadloop dashboard`
does and opens every page in headless Chromium. A first visit is a new browser profile, in which nothing is cached; the
second is the same address once more. First paint is the moment at which the sentence and the headline figures of the
page are visible, counted from the navigation; the server is warm, which is what it is once its address has been
printed. Processor time is given besides, because waiting depends on what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leadloop.commands.dashboard import ADDRESS, free_port, is_serving, server_command
from leadloop.publish.connection import connect_file
from leadloop.publish.versions import resolve
from leadloop.settings import PROJECT_ROOT, Home

_WAIT_MS = 60_000
_REST_MS = 500
_TICK = os.sysconf("SC_CLK_TCK")
_DRAWN = (
    "document.querySelector('[data-test-script-state=notRunning]')"
    " && !document.querySelector('[data-testid=stSkeleton]')"
    " && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
    ".every(c => c.querySelector('.main-svg'))"
)


@dataclass(frozen=True)
class Page:
    """A page to open: what must be visible first, and the filter that is changed on it."""

    name: str
    path: str
    # how many elements of which kind are the headline, beside the sentence
    headline: tuple[str, int]
    # label of a select box, and the options that are chosen in turn
    filter: tuple[str, tuple[str, ...]]


_WINDOWS = ("直近12か月", "直近6か月", "直近3か月")
PAGES = (
    Page("home", "/", ("h2", 8), ("期間", _WINDOWS)),
    Page("funnel", "/funnel", ("h5", 1), ("期間", _WINDOWS)),
    Page("channel_roi", "/channel_roi", ("h5", 1), ("期間", ("直近3か月", "直近6か月", "直近12か月"))),
    Page("leads", "/leads", ("[data-testid=stDataFrame] canvas", 1), ("ステージ", ("MQL", "SQL", "商談"))),
    Page("lead card", "/leads?lead={lead}", ("[data-testid=stMetricValue]", 5), ("ステージ", ("MQL", "SQL", "商談"))),
    Page("definitions", "/definitions", ("[data-testid=stMetricValue]", 5), ("比べる先", ("v1(終了)", "v3(提案)", "v1(終了)"))),
)  # fmt: skip


@dataclass
class Times:
    """Seconds of one page."""

    headline: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    charts: list[float] = field(default_factory=list)
    rerun: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    renderer: list[float] = field(default_factory=list)
    kilobytes: float = 0.0


def processor_seconds(pid: int) -> float:
    """What a process has used so far, its own and the system's."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int, float]]:
    """The address of a server over `home`, its process, and how long it took to come up."""
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen(
        server_command(port),
        cwd=PROJECT_ROOT,
        env={**os.environ, "LEADLOOP_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not is_serving(port):
            if process.poll() is not None:
                raise SystemExit("the server ended")
            time.sleep(0.05)
        yield f"http://{ADDRESS}:{port}", process.pid, time.monotonic() - started
    finally:
        process.terminate()
        process.wait(timeout=20)


def a_busy_lead(home: Path) -> str:
    """The lead with the most points: its card has the most to draw."""
    with connect_file(resolve(Home(home)).path) as connection:
        row = connection.execute(
            "select lead_id from marts.lead_scores order by total_score desc, lead_id limit 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


def when(page: Any, condition: str) -> float:
    """The page's own clock, in seconds, at the first frame in which the condition holds."""
    script = f"() => ({condition}) ? performance.now() : false"
    return float(page.wait_for_function(script, timeout=_WAIT_MS).json_value()) / 1000


def renderer_seconds(page: Any) -> float:
    """What the page's own process has used; it is new with every first visit."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    measured = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(measured["ProcessTime"])


def open_once(page: Any, url: str, kind: Page, times: Times, *, is_first: bool) -> None:
    """One visit."""
    selector, count = kind.headline
    page.goto(url, wait_until="commit")
    shown = (
        f"document.querySelector('h5') && document.querySelectorAll('{selector}').length >= {count}"
    )
    first = when(page, shown)
    if is_first:
        times.headline.append(first)
        times.renderer.append(renderer_seconds(page))
        times.charts.append(when(page, _DRAWN))
    else:
        times.again.append(first)
        when(page, _DRAWN)


def change_filter(page: Any, kind: Page, option: str, times: Times) -> None:
    """Choose an option; done when the sentence says something else, settled when all is drawn."""
    box = page.get_by_role("combobox", name=kind.filter[0], exact=True).first
    # an open list closes when the page moves, so the page comes to rest first
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(_REST_MS)
    box.click()
    choice = page.get_by_role("option", name=option, exact=True)
    choice.wait_for(timeout=_WAIT_MS)
    before = page.locator("h5").inner_text()
    page.evaluate(
        "() => addEventListener('click', () => { window.__clicked = performance.now() },"
        " { capture: true, once: true })"
    )
    choice.click()
    changed = when(
        page, f"window.__clicked && document.querySelector('h5')?.innerText !== {before!r}"
    )
    settled = when(page, _DRAWN)
    clicked = float(page.evaluate("() => { const t = window.__clicked; delete window.__clicked; return t }"))  # fmt: skip
    times.rerun.append(changed - clicked / 1000)
    times.settled.append(settled - clicked / 1000)


def measure(browser: Any, base: str, pid: int, kind: Page, lead: str, visits: int) -> Times:
    """Visits, and on each as many changed filters as the page has options."""
    times = Times()
    url = base + kind.path.format(lead=lead)
    for _ in range(visits):
        before = processor_seconds(pid)
        context = browser.new_context(
            viewport={"width": 1440, "height": 1200}, reduced_motion="reduce"
        )
        page = context.new_page()
        received: list[int] = []
        page.on(
            "websocket",
            lambda socket, got=received: socket.on(
                "framereceived", lambda frame: got.append(len(frame))
            ),
        )
        open_once(page, url, kind, times, is_first=True)
        times.kilobytes = sum(received) / 1000
        times.server.append(processor_seconds(pid) - before)
        for option in kind.filter[1]:
            change_filter(page, kind, option, times)
        open_once(page, url, kind, times, is_first=False)
        context.close()
    return times


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1)]


def table(results: dict[str, Times]) -> str:
    """The figures as Markdown; seconds."""
    lines = [
        "| page | first paint p50 | p95 | second visit p50 | p95 | all charts p50 | rerun p50 | p95 |"
        " redrawn p50 | p95 | server's processor | browser's, to first paint | sent |",
        "|---|" + "--:|" * 12,
    ]
    for name, times in results.items():
        figures = [
            statistics.median(times.headline),
            percentile(times.headline, 0.95),
            statistics.median(times.again),
            percentile(times.again, 0.95),
            statistics.median(times.charts),
            statistics.median(times.rerun),
            percentile(times.rerun, 0.95),
            statistics.median(times.settled),
            percentile(times.settled, 0.95),
            statistics.median(times.server),
            statistics.median(times.renderer),
        ]
        cells = " | ".join(f"{value:.2f}" for value in figures)
        lines.append(f"| {name} | {cells} | {times.kilobytes:,.0f} kB |")
    return "\n".join(lines)


def main() -> None:
    """Serve, open, measure, print."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--home", type=Path, default=Home.from_environment().root)
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--page", action="append", help="only this page; may be repeated")
    options = parser.parse_args()
    browser_path = subprocess.run(
        [PROJECT_ROOT / "scripts" / "browser.sh"], capture_output=True, text=True, check=True
    ).stdout.strip()
    lead = a_busy_lead(options.home)
    results: dict[str, Times] = {}
    with serving(options.home) as (base, pid, seconds), sync_playwright() as playwright:
        print(f"server up in {seconds:.1f} s; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for kind in PAGES:
            if options.page and kind.name not in options.page:
                continue
            results[kind.name] = measure(browser, base, pid, kind, lead, options.visits)
        browser.close()
        print(f"load at the end {os.getloadavg()[0]:.1f}", file=sys.stderr)
    print(table(results))


if __name__ == "__main__":
    main()
