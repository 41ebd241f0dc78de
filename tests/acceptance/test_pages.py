"""The pages in Debian's Chromium: a sample of `make prove-11`, quick enough for every submission."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import situations
from tests.browser.browsing import chromium, visitor
from tests.browser.filled import PASSWORD, Filled, application_of, filled
from tests.browser.journeys import (
    decide,
    open_from_queue,
    place_to_check,
    sees_decision,
    send_letter,
    zoom_to_check,
)
from tests.browser.screens import FLAGGED, LETTERS, SCREENS, SEALED, visits
from verifier.cases import office
from verifier.page import Pixels

pytestmark = pytest.mark.acceptance
SLOWEST_SECONDS = 5.0
"""Here the machine is shared; `make prove-11` measures against the half second asked for."""
LARGEST_KILOBYTES = 700
SAMPLED = (
    "login",
    "letters",
    "letter-phone",
    "application",
    "queue",
    "case-decision",
    "case-seal",
    "dashboard",
    "people",
    "seal-boxes",
)
COMMENT = "请更正后重报 / please mend"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A service with people and judged letters."""
    with filled(tmp_path_factory.mktemp("pages"), LETTERS) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running browser."""
    with chromium() as running:
        yield running


def test_every_page_is_accessible_and_obeys_its_policy(browser: Browser, ready: Filled) -> None:
    found: dict[str, list[str]] = {}
    sample = tuple(screen for screen in SCREENS if screen.name in SAMPLED)
    for screen, somebody in visits(browser, ready, sample):
        found[screen.name] = [*somebody.serious(), *somebody.complaints, *somebody.unsized()]
        assert somebody.kilobytes() <= LARGEST_KILOBYTES, screen.name
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("language", "keyboard", "name"),
    [("zh-CN", False, "vin_bad_check_digit.jpg"), ("en-GB", True, "wrong_country.jpg")],
)
def test_a_letter_is_sent_flagged_looked_at_decided_and_the_exporter_sees_it(
    browser: Browser, ready: Filled, language: str, keyboard: bool, name: str
) -> None:
    application = application_of(name)
    assert application
    with visitor(browser, ready.url, language) as exporter, visitor(browser, ready.url, language) as official:
        exporter.log_in("exporter")
        document = send_letter(exporter, name, application, keyboard=keyboard)
        official.log_in("official")
        open_from_queue(official, document, keyboard=keyboard)
        seen = official.page.evaluate("window.firstSeen")
        assert seen is not None
        assert seen < SLOWEST_SECONDS * 1000
        zoom_to_check(official, keyboard=keyboard)
        if not keyboard:
            place_to_check(official)
        decide(official, "reject", COMMENT, keyboard=keyboard)
        sees_decision(exporter, document, "reject", COMMENT)
        assert exporter.complaints == official.complaints == []


def test_two_officials_on_one_case(browser: Browser, ready: Filled) -> None:
    situations.two_officials(browser, ready, ready.letters[SEALED])


def test_a_session_that_ends_mid_decision_loses_nothing(browser: Browser, ready: Filled) -> None:
    situations.expiry_elsewhere(browser, ready, ready.letters[FLAGGED])
    situations.expiry_in_place(browser, ready, ready.letters[FLAGGED])


def test_an_override_needs_a_second_person_and_can_be_taken_back(browser: Browser, ready: Filled) -> None:
    situations.override_and_undo(browser, ready, ready.letters["text_layer_lies_vin.pdf"])


@pytest.mark.parametrize("keyboard", [False, True])
def test_a_registrar_confirms_character_boxes(browser: Browser, ready: Filled, keyboard: bool) -> None:
    situations.character_boxes(browser, ready, keyboard=keyboard)


def test_a_seal_of_a_letter_becomes_an_impression_of_its_maker(ready: Filled) -> None:
    database = ready.served.service.database
    before = {one.sha256 for one in office.list_seals(database)}
    with httpx.Client(base_url=ready.url, timeout=60) as senior:
        told = senior.post("/v1/session", json={"login": "senior", "password": PASSWORD}).json()
        headers = {"X-CSRF-Token": told["csrf"], "HX-Request": "true"}
        where = f"/review/{ready.letters['genuine_prose_scan_300.jpg']}/seals/1/0"
        answer = senior.post(where + "/registration", data={"manufacturer": "试验汽车有限公司"}, headers=headers)
        assert answer.status_code == 200
        (new,) = [one for one in office.list_seals(database) if one.sha256 not in before]
        assert (new.manufacturer, round(new.dpi)) == ("试验汽车有限公司", 300)
        assert 36 <= min(new.pixels.shape[:2]) / new.dpi * 25.4 <= 80  # the seal with a margin, as it was captured
        assert senior.get(f"/admin/seals/{new.sha256}/thumbnail").status_code == 200


def test_an_official_sees_which_print_is_unlike_its_page(ready: Filled) -> None:
    scan = ready.letters["genuine_prose_scan_300.jpg"]
    with httpx.Client(base_url=ready.url, timeout=60) as senior:
        senior.post("/v1/session", json={"login": "senior", "password": PASSWORD})
        assert f"/review/{scan}/print/1.webp" in senior.get(f"/review/{scan}").text
        coloured = decoded(senior.get(f"/review/{scan}/print/1.webp").content)
        plain = decoded(senior.get(f"/v1/documents/{scan}/pages/1?width={coloured.shape[1]}").content)
        changed = np.abs(coloured.astype(int) - plain).max(axis=2) > 60
        assert 0.01 < changed.mean() < 0.5
        assert senior.get(f"/review/{scan}/print/2.webp").status_code == 404


def decoded(picture: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
