"""Character boxes in the store of each sort: kept with who and when, audited, counted as a change of the registry."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.unit.rules import builders as b
from verifier.cases import judging, office, seal_layouts
from verifier.cases.seal_layouts import Change, LayoutCountError, NoSealError
from verifier.errors import NotFoundError
from verifier.record import CharacterLayout, LayoutState, Maker
from verifier.seals.specimens import prepare
from verifier.store import repositories as store
from verifier.store import service_tables as t
from verifier.store.database import Database

pytestmark = pytest.mark.integration
SAMPLES = Path(__file__).parents[2] / "samples"
HEAD = "manufacturer,manufacturer_en,wmi,image,shape,diameter_mm,valid_from,valid_to,former_names\n"
NAME = "北辰金驰汽车工业有限公司"


@pytest.fixture
def registered(any_database: Database, tmp_path: Path) -> Database:
    """Return a store of each sort with one real impression in it."""
    register(any_database, tmp_path)
    return any_database


def register(database: Database, folder: Path, manufacturer: str = NAME) -> office.Registration:
    table = folder / "specimens.csv"
    image = SAMPLES / "specimens" / "beichen-1.jpg"
    table.write_text(f"{HEAD}{manufacturer},,,{image},,,,,\n", encoding="utf-8")
    return office.register_seals(database, table)


def digest_of(database: Database) -> str:
    (one,) = office.list_seals(database)
    return one.sha256


def test_a_layout_comes_back_as_it_was_said(any_database: Database) -> None:
    said = CharacterLayout(
        LayoutState.CONFIRMED, "registrar", datetime(2026, 3, 1, 8, tzinfo=UTC), "北辰", (0.05, 0.375),
        ((0.9, 0.95), (0.95, 1.0125)), (240.5, 239.25, 216.0, 215.5, 0.0),
    )  # fmt: skip
    with any_database.transaction() as connection:
        store.put_specimens(connection, (Maker(b.MAKER),), (b.specimen(sha256="ab" * 32),))
        store.put_layout(connection, "ab" * 32, said)
    with any_database.transaction() as connection:
        assert store.get_specimens(connection)[0].layout == said
        with pytest.raises(NotFoundError):
            store.put_layout(connection, "cd" * 32, said)


def test_confirming_and_taking_back_is_audited_and_tells_workers(registered: Database) -> None:
    sha256, before = digest_of(registered), judging.registry_revision(registered)
    shown = seal_layouts.show_layout(registered, sha256[:10])
    assert (shown.state, shown.said, len(shown.boxes.boxes)) == (LayoutState.PROPOSED, None, len(NAME))
    version = judging.load_registry(registered).registry_version

    moved = tuple((start + 0.002, end + 0.002) for start, end in shown.boxes.boxes)
    seal_layouts.confirm_layout(registered, sha256, Change(boxes=moved), "registrar")
    after = seal_layouts.show_layout(registered, sha256)
    assert (after.state, after.boxes.boxes) == (LayoutState.CONFIRMED, moved)
    assert seal_layouts.who_said(registered, after) == "registrar"
    assert judging.registry_revision(registered) == before + 1
    assert judging.load_registry(registered).registry_version != version
    (specimen,) = office.list_seals(registered)
    prepared = prepare(specimen)
    assert prepared is not None
    assert prepared.layout.boxes == moved

    seal_layouts.take_back_layout(registered, sha256, "another")
    again = seal_layouts.show_layout(registered, sha256)
    assert again.said is not None
    assert (again.state, again.said.by, again.boxes) == (LayoutState.PROPOSED, "another", shown.boxes)
    assert judging.load_registry(registered).registry_version == version
    with registered.reading() as connection:
        query = select(t.audit.c.actor, t.audit.c.act, t.audit.c.subject).order_by(t.audit.c.id)
        entries = [tuple(row) for row in connection.execute(query)]
    assert entries == [("registrar", "seal layout", sha256), ("another", "seal layout", sha256)]


def test_boxes_that_cannot_be_used_change_nothing(registered: Database) -> None:
    sha256, before = digest_of(registered), judging.registry_revision(registered)
    with pytest.raises(LayoutCountError):
        seal_layouts.confirm_layout(registered, sha256, Change(text="北辰"), "registrar")
    assert judging.registry_revision(registered) == before
    assert office.list_seals(registered)[0].layout is None
    for unknown in ("0" * 64, "not a digest"):
        with pytest.raises(NotFoundError):
            seal_layouts.show_layout(registered, unknown)


def test_registering_again_keeps_the_confirmation_and_names_what_lacks_one(
    registered: Database, tmp_path: Path
) -> None:
    assert register(registered, tmp_path).notes == ((NAME, ("layout_unconfirmed",)),)
    seal_layouts.confirm_layout(registered, digest_of(registered), Change(), "registrar")
    result = register(registered, tmp_path)
    assert (result.registered, result.notes) == (1, ())
    assert office.list_seals(registered)[0].confirmed_layout is not None


def test_the_same_impression_of_two_makers_has_one_layout(registered: Database, tmp_path: Path) -> None:
    register(registered, tmp_path, "北辰金驰汽车有限公司")
    sha256 = office.list_seals(registered)[0].sha256
    seal_layouts.confirm_layout(registered, sha256, Change(text=NAME, boxes=_boxes(registered, NAME)), "registrar")
    assert [one.confirmed_layout is not None for one in office.list_seals(registered)] == [True, True]


def _boxes(database: Database, name: str) -> tuple[tuple[float, float], ...]:
    boxes = seal_layouts.show_layout(database, office.list_seals(database)[0].sha256).boxes.boxes
    start, length = boxes[0][0], boxes[-1][1] - boxes[0][0]
    return tuple((start + length * n / len(name), start + length * (n + 1) / len(name)) for n in range(len(name)))


def test_a_picture_without_a_seal_has_no_layout(any_database: Database) -> None:
    with any_database.transaction() as connection:
        store.put_specimens(connection, (Maker(b.MAKER),), (b.specimen(sha256="ab" * 32),))
    with pytest.raises(NoSealError):
        seal_layouts.show_layout(any_database, "ab" * 32)
