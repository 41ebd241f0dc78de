"""Character boxes of a registered impression, by the API, the command line and the page's forms."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.acceptance.conftest import Run
from tests.service.rooms import Rooms, rooms

pytestmark = pytest.mark.acceptance
SAMPLES = Path(__file__).parents[2] / "samples"
NAME = "北辰金驰汽车工业有限公司"
PART = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """Return a server with everybody logged in."""
    with rooms(tmp_path_factory.mktemp("rooms")) as made:
        yield made


@pytest.fixture(scope="module")
def sha256(office: Rooms) -> str:
    """Return the digest of a registered impression."""
    image = (SAMPLES / "specimens" / "beichen-1.jpg").read_bytes()
    answer = office["admin.north"].post("/v1/seals", data={"manufacturer": NAME}, files={"image": ("a.jpg", image)})
    assert answer.json() == {"registered": 1, "problems": [], "notes": ["layout_unconfirmed"]}
    return hashlib.sha256(image).hexdigest()


@pytest.fixture
def where(office: Rooms, sha256: str) -> str:
    """Return the address of a layout that nobody confirmed."""
    office["admin.north"].put(f"/v1/seals/{sha256}/layout", json={"state": "proposed"})
    return f"/v1/seals/{sha256}/layout"


def test_the_proposal_is_shown_and_confirmed_as_it_is(office: Rooms, where: str) -> None:
    admin = office["admin.north"]
    shown = admin.get(where).json()
    assert (shown["state"], shown["text"], shown["notes"]) == ("proposed", NAME, [])
    assert "".join(one["character"] for one in shown["characters"]) == NAME
    confirmed = admin.put(where, json={"state": "confirmed"})
    assert confirmed.status_code == 200
    assert confirmed.json() == admin.get(where).json()
    assert confirmed.json()["state"] == "confirmed"
    assert confirmed.json()["characters"] == shown["characters"]
    assert confirmed.json()["changed_by"] == office.party("north").people["admin"].id
    assert admin.put(where, json={"state": "proposed"}).json()["state"] == "proposed"


def test_moved_boxes_are_confirmed_and_what_is_left_out_stays(office: Rooms, where: str) -> None:
    admin = office["admin.north"]
    shown = admin.get(where).json()
    places = [{"start": one["start"] + 1, "end": one["end"] + 1} for one in shown["characters"]]
    moved = admin.put(where, json={"state": "confirmed", "characters": places}).json()
    assert [one["start"] for one in moved["characters"]] == pytest.approx([one["start"] for one in places])
    deeper = admin.put(where, json={"state": "confirmed", "inner": 0.4}).json()
    assert (deeper["inner"], deeper["outer"], deeper["characters"]) == (0.4, shown["outer"], moved["characters"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "北辰"}, "layout_count"),
        ({"inner": 0.9}, "layout_place"),
        ({"characters": [{"start": 90, "end": 100}] * 12}, "layout_place"),
        ({"text": "北", "characters": [{"start": 270, "end": 290}]}, "layout_off_text"),
        ({"characters": []}, "request_invalid"),
        ({"text": "北 辰"}, "request_invalid"),
    ],
)
def test_boxes_that_cannot_be_used_are_refused_by_name(
    office: Rooms, where: str, change: dict[str, object], code: str
) -> None:
    answer = office["admin.north"].put(where, json={"state": "confirmed"} | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["advice_zh"]
    assert office["admin.north"].get(where).json()["state"] == "proposed"


def test_boxes_turned_away_from_the_text_are_refused(office: Rooms, where: str) -> None:
    shown = office["admin.north"].get(where).json()["characters"]
    away = [{"start": one["start"] + 45, "end": one["end"] + 45} for one in shown]
    answer = office["admin.north"].put(where, json={"state": "confirmed", "characters": away})
    assert (answer.status_code, answer.json()["code"]) == (422, "layout_empty_box")


def test_officials_look_and_registrars_change(office: Rooms, where: str) -> None:
    assert office["official.north"].get(where).status_code == 200
    assert office["official.north"].put(where, json={"state": "confirmed"}).status_code == 403
    assert office["exporter.north"].get(where).status_code == 403
    assert office["admin.north"].get(f"/v1/seals/{'0' * 64}/layout").json()["code"] == "not_found"


def test_the_audit_tells_who_confirmed(office: Rooms, where: str, sha256: str) -> None:
    office["senior.north"].put(where, json={"state": "confirmed"})
    entries = office["auditor.north"].get("/v1/audit", params={"limit": 200}).json()["items"]
    last = [one for one in entries if one["subject"] == sha256][-1]
    assert (last["actor"], last["act"]) == (office.party("north").people["senior"].id, "seal layout")


def test_the_page_s_form_confirms_refuses_and_takes_back(office: Rooms, where: str, sha256: str) -> None:
    admin, page = office["admin.north"], f"/admin/seals/{sha256}/layout"
    assert _size(admin.get(page + ".webp").content) == (480, 480)
    read_only = office["official.north"].get(page, headers={"Accept": "text/html"}).text
    assert "<polygon" in read_only
    assert "readonly" in read_only
    assert 'class="primary"' not in read_only.split('id="layout"')[1].split("</form>")[0]
    shown = admin.get(where).json()
    form = {
        "text": shown["text"],
        "outer": str(100 * shown["outer"]),
        "inner": str(100 * shown["inner"]),
        "start": [str(one["start"]) for one in shown["characters"]],
        "end": [str(one["end"]) for one in shown["characters"]],
    }
    unpaired = admin.post(page, data=form | {"end": form["end"][1:]}, headers=PART)
    assert (unpaired.status_code, "layout" in unpaired.text or "message bad" in unpaired.text) == (422, True)
    done = admin.post(page, data=form, headers=PART)
    assert (done.status_code, done.headers["hx-redirect"]) == (200, page)
    assert admin.get(where).json()["state"] == "confirmed"
    assert "chip confirmed" in admin.get("/admin/seals", headers={"Accept": "text/html"}).text
    assert admin.post(page + "/withdrawal", headers=PART).status_code == 200
    assert admin.get(where).json()["state"] == "proposed"


def _size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size


def test_the_description_has_examples(office: Rooms) -> None:
    described = office["admin.north"].get("/openapi.json").json()["components"]["schemas"]
    assert described["SealLayout"]["example"]["characters"]
    assert [one["state"] for one in described["LayoutChange"]["examples"]] == ["confirmed", "confirmed", "proposed"]


def test_the_command_shows_draws_confirms_and_takes_back(verifier: Callable[..., Run], tmp_path: Path) -> None:
    registered = verifier("seals", "register", SAMPLES / "specimens.csv")
    assert "note layout_unconfirmed: " in registered.stderr
    listed = json.loads(verifier("seals", "list").stdout.splitlines()[0])
    some, picture = listed["sha256"][:12], tmp_path / "boxes.png"
    shown = verifier("seals", "layout", some, "--show", picture)
    assert (shown.exit_code, shown.reports[0]["state"]) == (0, "proposed")
    assert _size(picture.read_bytes()) == (960, 960)
    assert verifier("seals", "layout", some, "--confirm").reports[0]["state"] == "confirmed"
    again = verifier("seals", "layout", some).reports[0]
    assert (again["state"], again["changed_by"]) == ("confirmed", "operator")
    assert again["characters"] == shown.reports[0]["characters"]
    assert verifier("seals", "layout", some, "--take-back").reports[0]["state"] == "proposed"
    unknown = verifier("seals", "layout", "ffffffffffff")
    assert (unknown.exit_code, "not found" in unknown.stderr) == (2, True)
