"""Debian's Chromium, driven by Playwright: what every test of the pages looks at whatever it does there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.filled import PASSWORD

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parents[1] / "acceptance" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = (1280, 800), (390, 844)
PATIENCE = 20_000
"""Milliseconds that a machine shared with others may take for one step."""
FIRST_SEEN = """
new MutationObserver((_, mutations) => {
  const first = document.querySelector(".check.fail, .check.unsure");
  if (!first) return;
  mutations.disconnect();
  new IntersectionObserver((seen, observer) => {
    if (seen.some((one) => one.isIntersecting)) { window.firstSeen = performance.now(); observer.disconnect(); }
  }, { threshold: 0.9 }).observe(first);
}).observe(document, { childList: true, subtree: true });
"""
"""Notes when nine tenths of the first open check are inside the window, counted from the start of the navigation."""


@dataclass
class Visitor:
    """Somebody at a browser of their own; `complaints` are errors that the browser told of."""

    url: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the service."""
        self.page.goto(self.url + path)

    def log_in(self, login: str) -> None:
        """Log in by the form."""
        self.go("/login")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button.primary")
        self.page.wait_for_selector("[href='/account']")

    def serious(self) -> list[str]:
        """Return what axe finds serious or critical on the page, by rule and place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))  # not as a script tag: the page's policy refuses those
        found: dict[str, Any] = self.page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def kilobytes(self) -> float:
        """Return what the page loaded before its pictures, uncompressed."""
        sizes: float = self.page.evaluate(
            "performance.getEntries().filter((one) => one.entryType === 'navigation' || "
            "(one.entryType === 'resource' && !['img', 'image'].includes(one.initiatorType) && "
            "!/\\/pages\\/\\d+|\\.webp|thumbnail|\\/seals\\/\\d/.test(one.name)))"
            ".reduce((sum, one) => sum + one.decodedBodySize, 0)"
        )
        return sizes / 1000

    def unsized(self) -> list[str]:
        """Return the pictures that state no size, or come larger than any page picture may be."""
        found: list[str] = self.page.evaluate(
            "[...document.images].filter((one) => !one.getAttribute('width') || !one.getAttribute('height')"
            " || one.naturalWidth > 2000).map((one) => one.src)"
        )
        return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def visitor(
    browser: Browser, url: str, language: str = "zh-CN", size: tuple[int, int] = DESK, scheme: str = "light"
) -> Iterator[Visitor]:
    """Yield somebody with a fresh browser profile who reads `language`."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=False,
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(FIRST_SEEN)
    page = context.new_page()
    somebody = Visitor(url, context, page)
    page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
    page.on("console", lambda told: _note(somebody, told.type, told.text))
    yield somebody
    context.close()


def _note(somebody: Visitor, kind: str, text: str) -> None:
    """Keep what the browser complains of; refused requests are what some tests are about."""
    if kind == "error" and "Failed to load resource" not in text and "status of 4" not in text:
        somebody.complaints.append(text)
