"""What goes wrong between people and pages: two at one case, a session that ends while somebody decides."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import visitor
from tests.browser.filled import PASSWORD, Filled
from tests.browser.journeys import decide, tab_to
from verifier.cases import office
from verifier.store import people


def two_officials(browser: Browser, ready: Filled, document: str) -> None:
    """Two officials open one case; the first decides, the second is told so and keeps what was entered."""
    with visitor(browser, ready.url) as one, visitor(browser, ready.url, "en-GB") as other:
        one.log_in("official")
        other.log_in("colleague")
        for somebody in (one, other):
            somebody.go(f"/review/{document}")
            somebody.page.wait_for_selector("#rulings")
        one.page.locator("[name=comment-0]").focus()
        expect(one.page.locator("#held .chip")).to_be_visible()  # in hand from the first touch on
        other.page.locator("[name=comment-0]").focus()
        expect(other.page.locator("#decision-message")).to_contain_text("somebody else")
        other.page.fill("[name=comment-0]", "the colleague's thoughts")
        decide(one, "return", "请补充网点", keyboard=False)
        for number in range(other.page.locator("#rulings [data-vehicle]").count()):
            other.page.check(f"[name=outcome-{number}][value=reject]")
            other.page.fill(f"[name=comment-{number}]", "the colleague's thoughts")
        other.page.click("#decide")
        expect(other.page.locator("#decision-message .message.bad")).to_be_visible()
        assert other.page.input_value("[name=comment-0]") == "the colleague's thoughts"
        other.go(f"/review/{document}")
        expect(other.page.locator("#decision .chip.return").first).to_be_visible()
        assert other.page.locator("#decision .chip.reject").count() == 0
        assert one.complaints == other.complaints == []


def end_sessions(ready: Filled, login: str) -> None:
    """Have everybody's sessions of one login be over, as after half an hour without a look."""
    with ready.served.service.database.transaction() as connection:
        found = people.find_login(connection, login)
        assert found
        people.end_sessions(connection, time.time(), person_id=found[0].id)


def expiry_in_place(browser: Browser, ready: Filled, document: str) -> None:
    """A session ends while somebody decides: logging in on top of the page sends what was entered."""
    with visitor(browser, ready.url) as official:
        official.log_in("official")
        official.go(f"/review/{document}")
        page = official.page
        page.wait_for_selector("#rulings")
        for number in range(page.locator("#rulings [data-vehicle]").count()):
            page.check(f"[name=outcome-{number}][value=reject]")
            page.select_option(f"[name=reason-{number}]", "R01")
            page.fill(f"[name=comment-{number}]", "第九位不同")
            page.fill(f"[name=note-{number}]", "内部：已电话核实")
        expect(page.locator("#held .chip")).to_be_visible()  # what the first touch asked for is answered
        for section, loaded in (("#seals", ".seal-view"), ("#history", "#history table")):
            page.locator(section).scroll_into_view_if_needed()
            page.wait_for_selector(loaded)  # nothing else is asked for before the decision
        end_sessions(ready, "official")
        page.click("#decide")
        expect(page.locator("#expired")).to_be_visible()
        page.fill("#relogin [name=password]", "not the password")
        page.click("#relogin button")
        expect(page.locator("#relogin [role=alert]")).to_be_visible()
        assert page.input_value("[name=comment-0]") == "第九位不同"
        page.fill("#relogin [name=password]", PASSWORD)
        page.click("#relogin button")
        expect(page.locator("#decision .chip.reject").first).to_be_visible()
        expect(page.locator("#decision")).to_contain_text("第九位不同")
        expect(page.locator("#decision")).to_contain_text("内部：已电话核实")
        assert official.complaints == []


def expiry_elsewhere(browser: Browser, ready: Filled, document: str) -> None:
    """A session ends, the page is loaded again and one logs in anew: what was entered is there again."""
    with visitor(browser, ready.url) as official:
        official.log_in("colleague")
        official.go(f"/review/{document}")
        page = official.page
        page.wait_for_selector("#rulings")
        page.check("[name=outcome-0][value=return]")
        page.fill("[name=comment-0]", "请重新扫描")
        end_sessions(ready, "colleague")
        page.reload()
        page.wait_for_url(re.compile(r"/login\?back="))
        page.fill("[name=login]", "colleague")
        page.fill("[name=password]", PASSWORD)
        page.click("main button.primary")
        page.wait_for_url(f"**/review/{document}")
        expect(page.locator("[name=comment-0]")).to_have_value("请重新扫描")
        assert page.is_checked("[name=outcome-0][value=return]")
        page.click("text=退回待办")  # nobody else is kept waiting
        page.wait_for_url("**/queue")


def override_and_undo(browser: Browser, ready: Filled, document: str) -> None:
    """Approving over a failed check awaits a senior official; who agreed may take it back, and the history keeps it."""
    with visitor(browser, ready.url) as first, visitor(browser, ready.url) as senior:
        first.log_in("official")
        first.go(f"/review/{document}")
        first.page.wait_for_selector("#rulings")
        decide(first, "approve", "已核对原件", keyboard=False)
        expect(first.page.locator("#decision .message.warn")).to_be_visible()
        senior.log_in("senior")
        senior.go(f"/review/{document}")
        senior.page.check("[name=agrees][value=false]")
        senior.page.fill("[name=note]", "请再核对")
        senior.page.click("#decide")
        expect(senior.page.locator("#rulings")).to_be_visible()
        first.go(f"/review/{document}")
        decide(first, "return", "请补正", keyboard=False)
        first.page.click("#undo")
        expect(first.page.locator("#rulings")).to_be_visible()
        expect(first.page.locator("#decision details")).to_contain_text("2")
        assert first.complaints == senior.complaints == []


def character_boxes(browser: Browser, ready: Filled, *, keyboard: bool) -> None:
    """A registrar moves the first character's box, sees it drawn anew, confirms, and takes the confirmation back."""
    (specimen, *_) = office.list_seals(ready.served.service.database)
    with visitor(browser, ready.url, "en-GB") as registrar:
        registrar.log_in("admin")
        registrar.go(f"/admin/seals/{specimen.sha256}/layout")
        page = registrar.page
        box = page.locator("#boxes polygon").first
        starts = page.locator("[name=start]")
        drawn, start, number = box.get_attribute("points"), float(starts.first.input_value()), starts.count()
        if keyboard:
            tab_to(page, "[name=start]")
            for _ in range(3):
                page.keyboard.press("ArrowUp")
        else:
            box.click()
            page.locator("tbody [data-shift='0.5']").first.click()
        assert float(starts.first.input_value()) - start == pytest.approx(0.3 if keyboard else 0.5, abs=0.01)
        assert page.locator("#boxes polygon").first.get_attribute("points") != drawn
        expect(page.locator("#boxes polygon.current")).to_have_count(1)
        _divide_for_one_less(page, number, keyboard=keyboard)
        _press(page, "#layout button.primary", keyboard=keyboard)
        expect(page.locator("main .chip.confirmed")).to_be_visible()
        assert float(starts.first.input_value()) != start
        assert registrar.serious() == []
        _press(page, "form[hx-post$=withdrawal] button", keyboard=keyboard)
        expect(page.locator("main .chip.proposed")).to_be_visible()
        expect(starts.first).to_have_value(f"{start:.1f}")
        assert registrar.complaints == []


def _divide_for_one_less(page: Page, number: int, *, keyboard: bool) -> None:
    """Shorten the text: the page warns, a confirmation is refused, dividing evenly mends it; then put all back."""
    text = page.locator("#layout [name=text]")
    name = text.input_value()
    text.fill(name[:-1])
    expect(page.locator("#layout-count")).to_be_visible()
    _press(page, "#layout button.primary", keyboard=keyboard)
    expect(page.locator("#layout-problem [role=alert]")).to_be_visible()
    _press(page, "[data-even]", keyboard=keyboard)
    expect(page.locator("#boxes polygon")).to_have_count(number - 1)
    expect(page.locator("#layout-count")).to_be_hidden()
    text.fill(name)
    _press(page, "[data-even]", keyboard=keyboard)
    expect(page.locator("#boxes polygon")).to_have_count(number)
    _press(page, "[data-turn='1']", keyboard=keyboard)


def _press(page: Page, selector: str, *, keyboard: bool) -> None:
    if keyboard:
        page.locator("#main").focus()
        tab_to(page, selector)
        page.keyboard.press("Enter")
    else:
        page.click(selector)
