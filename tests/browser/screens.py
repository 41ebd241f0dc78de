"""Every page by name: who looks at it, where it is, and how it is brought into view."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.browsing import DESK, PHONE, Visitor, visitor
from tests.browser.filled import SAMPLES, Filled

FLAGGED, SEALED = "vin_one_char_off.jpg", "seal_of_other_maker.jpg"
LETTERS = (FLAGGED, SEALED, "genuine_prose_scan_300.jpg", "text_layer_lies_vin.pdf")
"""What must have been sent: a mismatch on the page, another seal, a faultless letter, a file that hides something."""

IMPRESSION = hashlib.sha256((SAMPLES / "specimens" / "beichen-1.jpg").read_bytes()).hexdigest()
"""A registered impression."""

SETTLED = """
[...document.images].every((one) => { const box = one.getBoundingClientRect();
  return one.complete || box.bottom < 0 || box.top > innerHeight || !box.width; })
&& (!document.getElementById("case") || document.getElementById("case").dataset.drawn === "yes")
"""


@dataclass(frozen=True)
class Screen:
    """One page. `{flagged}` and the like in `path` are identifiers of letters."""

    name: str
    login: str | None
    path: str
    at: str = ""
    """Selector that is scrolled into view."""
    waits_for: str = "main"
    size: tuple[int, int] = DESK
    scheme: str = "light"
    language: str = "zh-CN"


def _seal(name: str, **changes: str) -> Screen:
    return Screen(name, "senior", "/review/{sealed}", "#seals", ".seal-view img.under", **changes)


SCREENS = (
    Screen("login", None, "/login"),
    Screen("invitation", None, "/invitation?code=abc"),
    Screen("letters", "exporter", "/letters"),
    Screen("letters-phone", "exporter", "/letters", size=PHONE),
    Screen("letter", "exporter", "/letters/{flagged}", waits_for=".sheet img"),
    Screen("letter-phone", "exporter", "/letters/{flagged}", size=PHONE),
    Screen("letter-verified", "exporter", "/letters/{genuine}"),
    Screen("applications", "exporter", "/applications"),
    Screen("application", "exporter", "/applications/CK202664800022"),
    Screen("application-phone", "exporter", "/applications/CK202664800022", size=PHONE),
    Screen("queue", "official", "/queue"),
    Screen("case", "official", "/review/{flagged}", waits_for="#case[data-opened]"),
    Screen("case-english", "official", "/review/{flagged}", waits_for="#case[data-opened]", language="en-GB"),
    Screen("case-dark", "official", "/review/{flagged}", waits_for="#case[data-opened]", scheme="dark"),
    Screen("case-decision", "official", "/review/{flagged}", "#decision", "#case[data-opened]"),
    Screen("case-file", "official", "/review/{hidden}", "#file", "#case[data-opened]"),
    Screen("case-history", "official", "/review/{flagged}", "#history", "#history table"),
    _seal("case-seal"),
    _seal("case-seal-dark", scheme="dark"),
    Screen("dashboard", "senior", "/dashboard"),
    Screen("dashboard-english", "auditor", "/dashboard", language="en-GB"),
    Screen("seals", "admin", "/admin/seals"),
    Screen("seal-boxes", "admin", "/admin/seals/{impression}/layout", waits_for="#boxes polygon"),
    Screen("imports", "senior", "/admin/imports"),
    Screen("people", "admin", "/admin/people"),
    Screen("audit", "auditor", "/admin/audit"),
    Screen("settings", "admin", "/admin/settings"),
    Screen("account", "official", "/account"),
    Screen("not-found", "official", "/nowhere"),
)
"""What `make screenshots` draws and axe looks at."""


def visits(browser: Browser, ready: Filled, wanted: tuple[Screen, ...] = SCREENS) -> Iterator[tuple[Screen, Visitor]]:
    """Yield each screen with somebody who looks at it; one login serves screens that follow one another."""
    by_profile: dict[tuple[object, ...], list[Screen]] = {}
    for screen in wanted:
        by_profile.setdefault((screen.login, screen.language, screen.size, screen.scheme), []).append(screen)
    for several in by_profile.values():
        first = several[0]
        with visitor(browser, ready.url, first.language, first.size, first.scheme) as somebody:
            if first.login:
                somebody.log_in(first.login)
            for screen in several:
                show(somebody, screen, ready)
                yield screen, somebody


def show(somebody: Visitor, screen: Screen, ready: Filled) -> None:
    """Bring a screen into view."""
    names = {"flagged": FLAGGED, "sealed": SEALED, "genuine": LETTERS[2], "hidden": LETTERS[3]}
    known = {key: ready.letters[name] for key, name in names.items()}
    somebody.go(screen.path.format(**known, impression=IMPRESSION))
    if screen.at:
        somebody.page.locator(screen.at).scroll_into_view_if_needed()
    somebody.page.wait_for_selector(screen.waits_for)
    settle(somebody)
    if screen.at:  # what was loaded above may have moved it
        somebody.page.evaluate("(at) => document.querySelector(at).scrollIntoView()", screen.at)
        settle(somebody)


def settle(somebody: Visitor) -> None:
    """Return once every picture in view is there, the page viewer's too."""
    until = time.monotonic() + 30
    while time.monotonic() < until and not somebody.page.evaluate(SETTLED):
        time.sleep(0.1)


def picture(somebody: Visitor, path: Path, colours: int = 64) -> None:
    """Write what is in view as a PNG of few colours, so that the folder stays small."""
    with Image.open(io.BytesIO(somebody.page.screenshot())) as drawn:
        few = drawn.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        few.save(path, "PNG", optimize=True)
