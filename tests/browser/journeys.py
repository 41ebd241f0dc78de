"""What people do on the pages, by mouse or by keyboard alone, in either language."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.browsing import Visitor
from tests.browser.filled import LETTERS

TRIES = 3
"""Of opening the browser's own dialogue, which no page can wait for."""
MOST_TABS = 80
"""More stops than any page has before what is wanted."""


def send_letter(somebody: Visitor, name: str, application: str, *, keyboard: bool) -> str:
    """Send a letter from the exporter's page and return its identifier once its verdict is shown there."""
    page = somebody.page
    somebody.go("/letters")
    if keyboard:
        _choose_file(page, name)
        expect(page.locator("#files")).to_have_value(re.compile(re.escape(name)))
        tab_to(page, "#upload [name=application]")
        page.keyboard.type(application)
        page.keyboard.press("Enter")
    else:
        page.set_input_files("#files", LETTERS / name)
        page.fill("#upload [name=application]", application)
        page.click("#upload button")
    row = page.locator("#letters .letter", has_text=name).first
    expect(row).to_have_attribute("data-state", "done", timeout=60_000)
    expect(row.locator(".chip")).to_be_visible()
    return str(row.get_attribute("data-document"))


def _choose_file(page: Page, name: str) -> None:
    """Open the browser's file dialogue from the keyboard and choose a letter; a slow machine may swallow one key."""
    for _ in range(TRIES):
        tab_to(page, "#files")
        try:
            with page.expect_file_chooser(timeout=8_000) as opened:
                page.keyboard.press("Space")
        except TimeoutError:
            continue
        opened.value.set_files(LETTERS / name)
        return
    raise AssertionError("the file dialogue did not open")


def open_from_queue(somebody: Visitor, document: str, *, keyboard: bool) -> None:
    """Go from the queue to the page of a case."""
    page = somebody.page
    somebody.go("/queue")
    if keyboard:
        for _ in range(MOST_TABS):
            page.keyboard.press("j")
            if page.evaluate("document.activeElement.getAttribute('href')") == f"/review/{document}":
                break
        page.keyboard.press("Enter")
    else:
        page.click(f"#queue a[href='/review/{document}']")
    page.wait_for_url(f"**/review/{document}")
    page.wait_for_selector("#case[data-opened]")


def zoom_to_check(somebody: Visitor, *, keyboard: bool) -> None:
    """Zoom to the place of the second open check, or of the only one, and see it framed on the page."""
    page = somebody.page
    if keyboard:
        page.keyboard.press("j")
        page.keyboard.press("z")
    else:
        page.locator("#checks > .checks > .check .zoom").last.click()
    current = page.locator("#page .evidence.current").first
    expect(current).to_be_visible()
    time.sleep(0.6)  # the viewer glides there
    box, view = current.bounding_box(), page.locator("#page").bounding_box()
    assert box, "the place is not drawn"
    assert view, "the page is not drawn"
    assert view["x"] <= box["x"] + 1, (box, view)
    assert box["x"] + box["width"] <= view["x"] + view["width"] + 1, (box, view)


def place_to_check(somebody: Visitor) -> None:
    """Click a place on the page and see its check chosen."""
    place = somebody.page.locator("#page .evidence.fail").first
    number, box = place.get_attribute("data-of"), place.bounding_box()
    assert box, "no place is drawn"
    somebody.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(somebody.page.locator(f"#check-{number}")).to_have_class(re.compile("current"))


def decide(somebody: Visitor, outcome: str, comment: str, *, keyboard: bool) -> None:
    """Decide on every vehicle alike and see the decision stand."""
    page = somebody.page
    key = {"approve": "Shift+A", "reject": "Shift+R", "return": "Shift+E"}[outcome]
    for number in range(page.locator("#rulings [data-vehicle]").count()):
        if keyboard:
            page.keyboard.press("n")
            page.keyboard.press(key)
            tab_to(page, f"[name=comment-{number}]")
            page.keyboard.type(comment)
            page.keyboard.press("Escape")
        else:
            page.check(f"[name=outcome-{number}][value={outcome}]")
            page.fill(f"[name=comment-{number}]", comment)
    if keyboard:
        tab_to(page, "#decide")
        page.keyboard.press("Enter")
    else:
        page.click("#decide")
    expect(page.locator(f"#decision .chip.{outcome}").first).to_be_visible()


def sees_decision(somebody: Visitor, document: str, outcome: str, comment: str) -> None:
    """Wait as the exporter until the office's decision is published on the letter's page."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        somebody.go(f"/letters/{document}")
        if somebody.page.locator(f"main .chip.{outcome}").count():
            break
        time.sleep(0.5)
    expect(somebody.page.locator("main")).to_contain_text(comment)
    assert somebody.page.locator(f"main .chip.{outcome}").count() > 0


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus; raises AssertionError where Tab never comes there."""
    for _ in range(MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")
