"""One run through every page in a real headless Chromium.

The browser is the system's (LEADLOOP_CHROMIUM, else `chromium` on the path). Where CI or
LEADLOOP_REQUIRE_BROWSER is set its absence is a failure; elsewhere the test says why it skips.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dashboard.ui import fields
from dashboard.ui.i18n import LANGUAGES, Translator
from dashboard.ui.labels import Labels
from leadloop.commands.dashboard import ADDRESS, free_port, is_serving, server_command
from leadloop.settings import PROJECT_ROOT

sys.path.insert(0, str(PROJECT_ROOT / "tests" / "dashboard"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import behind_a_path
import warehouse

pytestmark = pytest.mark.browser

WAIT_MS = 30_000


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("LEADLOOP_CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    if found and Path(found).exists():
        return found
    message = "no Chromium: install the system's, or name it in LEADLOOP_CHROMIUM"
    if os.environ.get("CI") or os.environ.get("LEADLOOP_REQUIRE_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = _chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


def _serve(home: Path, command: Callable[[int], list[str]] = server_command) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        command(port),
        cwd=PROJECT_ROOT,
        env={**os.environ, "LEADLOOP_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not is_serving(port):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
        yield f"http://{ADDRESS}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over the full synthetic company."""
    home = tmp_path_factory.mktemp("full")
    warehouse.publish(home, "full")
    yield from _serve(home)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over hostile texts."""
    home = tmp_path_factory.mktemp("hostile")
    warehouse.publish(home, "hostile")
    yield from _serve(home)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard behind a proxy that serves it under a path."""
    home = tmp_path_factory.mktemp("behind")
    warehouse.publish(home, "full")

    def command(port: int) -> list[str]:
        return [sys.executable, behind_a_path.__file__, str(port)]

    for base in _serve(home, command):
        yield base + behind_a_path.PATH


@dataclass
class Watched:
    """A page and everything that must not happen on it."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the script has run and every chart is drawn."""
        self.page.wait_for_selector("h5", timeout=WAIT_MS)
        self.page.wait_for_function(
            "() => document.querySelector('[data-test-script-state=notRunning]')"
            " && !document.querySelector('[data-testid=stSkeleton]')",
            timeout=WAIT_MS,
        )


@pytest.fixture
def watch(browser: Any) -> Iterator[Any]:
    contexts = []

    def opened(base: str) -> Watched:
        context = browser.new_context(
            viewport={"width": 1440, "height": 2200}, reduced_motion="reduce"
        )
        contexts.append(context)
        watched = Watched(context.new_page(), base)

        def request(asked: Any) -> None:
            local = (base, base.replace("http", "ws"), "data:", "blob:")
            if not asked.url.startswith(local):
                watched.remote.append(asked.url)

        def response(given: Any) -> None:
            if given.status >= 400:
                watched.errors.append(f"{given.status} {given.url}")

        def console(message: Any) -> None:
            if message.type == "error":
                watched.errors.append(message.text)

        watched.page.on("request", request)
        watched.page.on("response", response)
        watched.page.on("console", console)
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.page.on("dialog", lambda dialog: watched.errors.append(dialog.message))
        return watched

    yield opened
    for context in contexts:
        context.close()


def test_every_page_a_filter_and_the_address(full: str, watch: Any) -> None:
    watched = watch(full)
    page = watched.page
    page.goto(full)
    watched.settle()
    assert page.locator("h1").inner_text() == "会議ホーム"
    assert page.locator(".js-plotly-plot").count() == 9

    for name, title, charts in (
        ("ファネル", "ファネルとコホート", 6),
        ("差し戻し", "差し戻されたリード", 4),
        ("引き渡しとSLA", "引き渡しとSLA", 6),
        ("チャネルROI", "チャネルROI", 5),
        ("リード", "リード一覧とカルテ", 0),
        ("データ", "データと定義", 1),
        ("定義", "定義と版の比較", 1),
        ("会議ホーム", "会議ホーム", 9),
    ):
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", name=title, exact=True, level=1).wait_for(timeout=WAIT_MS)
        watched.settle()
        page.wait_for_function(
            f"() => document.querySelectorAll('.js-plotly-plot').length === {charts}",
            timeout=WAIT_MS,
        )

    # a choice goes to the address as a code …
    page.get_by_role("combobox", name="期間").click()
    page.get_by_role("option", name="直近12か月").click()
    page.wait_for_url("**/?window=m12", timeout=WAIT_MS)
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Meeting home", exact=True).wait_for(timeout=WAIT_MS)
    watched.settle()
    sentence = page.locator("h5").inner_text()
    assert sentence.startswith("Last 12 months")

    # … and a stranger who opens that address reads the same
    stranger = watch(full)
    stranger.page.goto(page.url)
    stranger.settle()
    assert stranger.page.locator("h5").inner_text() == sentence
    for one in (watched, stranger):
        assert one.errors == []
        assert one.remote == []


def test_going_back_restores_the_filter(full: str, watch: Any) -> None:
    watched = watch(full)
    page = watched.page
    page.goto(f"{full}/?window=m6")
    watched.settle()
    page.get_by_role("combobox", name="期間").click()
    page.get_by_role("option", name="直近12か月").click()
    page.wait_for_url("**/?window=m12", timeout=WAIT_MS)
    page.go_back()
    page.wait_for_url("**/?window=m6", timeout=WAIT_MS)
    page.locator("h5", has_text="直近6か月").wait_for(timeout=WAIT_MS)


def test_a_lead_card_opens_by_its_address(full: str, watch: Any) -> None:
    watched = watch(full)
    watched.page.goto(f"{full}/leads?lead={warehouse.LEAD}")
    watched.settle()
    watched.page.wait_for_function(
        "() => document.querySelectorAll('.js-plotly-plot').length === 2", timeout=WAIT_MS
    )
    assert watched.page.get_by_text("スコアの内訳", exact=True).is_visible()
    assert watched.errors == []
    assert watched.remote == []


@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in fields.PAGES if name != "home")])
def test_a_page_opened_by_its_address_asks_for_nothing_that_is_not_there(
    full: str, watch: Any, path: str
) -> None:
    """Left to itself Streamlit looks for its server below the page first: two 404s a page."""
    watched = watch(full)
    watched.page.goto(full + path)
    watched.settle()
    assert watched.errors == []


@pytest.mark.parametrize("path", ["/", "/funnel", "/leads?lead=" + warehouse.LEAD])
def test_behind_a_path_every_page_finds_its_server(behind: str, watch: Any, path: str) -> None:
    watched = watch(behind)
    page = watched.page
    page.goto(behind + path)
    watched.settle()
    page.get_by_role("link", name="定義", exact=True).click()
    page.get_by_role("heading", name="定義と版の比較", exact=True, level=1).wait_for(
        timeout=WAIT_MS
    )
    watched.settle()
    assert page.url == f"{behind}/definitions"
    page.get_by_role("link", name="会議ホーム", exact=True).click()
    page.get_by_role("combobox", name="期間").click()
    page.get_by_role("option", name="直近12か月").click()
    page.wait_for_url(f"{behind}/?window=m12", timeout=WAIT_MS)
    watched.settle()
    assert watched.errors == []
    assert watched.remote == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/funnel",
        "/returns",
        "/handoff",
        "/channel_roi",
        f"/leads?lead={warehouse.LEAD}",
        "/definitions",
        "/data",
    ],
)
def test_hostile_texts_do_nothing(hostile: str, watch: Any, path: str) -> None:
    watched = watch(hostile)
    watched.page.goto(hostile + path)
    watched.settle()
    for expander in watched.page.get_by_text("表で見る", exact=True).all():
        expander.click()
    watched.settle()
    # long enough for an image tag to fire
    watched.page.wait_for_timeout(500)
    assert watched.page.evaluate("() => window.__x") is None
    assert watched.errors == []
    assert watched.remote == []
    assert watched.page.locator("a[href*='127.0.0.1:9'], img[src*='127.0.0.1:9']").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "stage=won&"])
def test_what_is_not_there_is_an_empty_cell(
    full: str, watch: Any, query: str, language: str
) -> None:
    """Left to itself Streamlit writes None; the won and the lost have no rank to show.

    Tables are painted, so what is painted is what is read here.
    """
    watched = watch(full)
    watched.page.add_init_script(
        "window.__painted = new Set();"
        "const paint = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {"
        " window.__painted.add(text); return paint.call(this, text, ...rest) }"
    )
    watched.page.goto(f"{full}/leads?{query}lang={language}")
    watched.settle()
    stage = Labels({}, Translator(language))("stage", "won")
    watched.page.wait_for_function(f"() => window.__painted.has({stage!r})", timeout=WAIT_MS)
    watched.page.wait_for_timeout(500)
    assert "None" not in watched.page.evaluate("() => [...window.__painted]")


def test_no_page_is_wider_than_the_window(full: str, watch: Any) -> None:
    watched = watch(full)
    watched.page.set_viewport_size({"width": 390, "height": 1400})
    for path in ("/", f"/leads?lead={warehouse.LEAD}", "/definitions", "/data"):
        watched.page.goto(full + path)
        watched.settle()
        over = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert watched.page.evaluate(over) <= 0
