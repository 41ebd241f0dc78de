"""Letters for abroad stay on their sheets when parts are missing, and every face prints what their outlets write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samples.layouts import consulates, legations
from samples.making import sheets_of
from samples.paper.faces import TYPES, has, runs
from samples.paper.sheet import Text
from samples.planning import genuine_plan
from samples.world.places import PLACES


@pytest.mark.parametrize("layout", sorted({**consulates.LAYOUTS, **legations.LAYOUTS}))
@pytest.mark.parametrize("lacking", ["number", "country", "outlets", "addresses", "valid_until"])
def test_what_a_letter_lacks_leaves_a_sheet_with_its_print_and_seal_on_it(layout: str, lacking: str) -> None:
    plan = replace(genuine_plan(3, 5, layout=layout), type_name="mono")
    lacks: dict[str, dict[str, Any]] = {
        "number": {"number": ""},
        "country": {"country_text": "", "country_text_en": ""},
        "outlets": {"outlets": ()},
        "addresses": {"outlets": tuple(replace(outlet, address="") for outlet in plan.letter.outlets)},
        "valid_until": {"valid_until": None},
    }
    sheets = sheets_of(replace(plan, letter=replace(plan.letter, **lacks[lacking])))
    marks = [mark for page in sheets.pages for mark in page if isinstance(mark, Text) and not mark.degrees]
    assert all(mark.x + sheets.width(mark.text, mark.size_mm, mark.bold) < sheets.width_mm - 3 for mark in marks)
    assert "None" not in " ".join(mark.text for mark in marks)
    for _, x, y in (sheets.sealed_at, sheets.clear_at):
        assert 20 < x < sheets.width_mm - 18
        assert 20 < y < sheets.height_mm - 18


@pytest.mark.parametrize("type_name", sorted(TYPES))
def test_every_face_prints_what_destinations_write(type_name: str) -> None:
    """No outlet comes out as empty boxes, in whatever Latin letters its country writes."""
    texts = "".join(f"{o.name}{o.address}{o.contact}" for place in PLACES for o in (*place.local, *place.chinese))
    for face, part in runs("".join(sorted(set(texts))), TYPES[type_name]):
        assert not [character for character in part if not character.isspace() and not has(face, character)]
