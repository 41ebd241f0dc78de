"""Vehicles that a letter speaks of again in another place: in its subject, in its other language, in an annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from verifier.extraction.layout import Layout
from verifier.extraction.vin_places import VinPlace
from verifier.formats.chinese import has_chinese
from verifier.letter import Field, VehicleClaim

_OF_VEHICLES = frozenset({"vin", "brand", "model", "brand_model", "registration_date", "transfer_date", "made_on"})
"""Labels of what is said of one vehicle; any other between two VINs ends a list."""
FEWEST_FACING, FEWEST_WORDS, EDGE, MIDDLE, MOST_ACROSS = 4, 60, 0.005, 0.45, 3
"""Lines of a right column, and characters of each language, that make two; shares of the page's width before it and
from which it may begin; lines that may run over both: the letter's title, its number, a footnote."""
SENTENCE = 40
"""Characters of a sentence about one vehicle."""
_DATES = ("registration_date", "transfer_date")


def without_repeats(
    places: Sequence[VinPlace], claims: Sequence[VehicleClaim], layout: Layout
) -> tuple[VehicleClaim, ...]:
    """Return the claims, those of vehicles that an earlier list names taken together with that one's.

    A list that names only vehicles of the lists before it, each once, says more about the same ones; so does a cell
    beside another in other words, as where two languages stand side by side. What stands twice in one list stays twice:
    it may be there in place of another. Dates that differ leave the doubt `conflict`.
    """
    places, claims = _without_other_columns(*_without_facing_columns(places, claims, layout))
    kept: dict[str, list[VehicleClaim]] = {}
    order: list[tuple[str, int]] = []
    for listing in _listings(places, claims, layout):
        numbers = [claim.vin.value for claim in listing]
        again = set(numbers) <= kept.keys() and len(set(numbers)) == len(numbers)
        for claim in listing:
            own = kept.setdefault(claim.vin.value, [])
            if again:
                own[0] = _together(own[0], claim)
            else:
                order.append((claim.vin.value, len(own)))
                own.append(claim)
    return tuple(kept[number][index] for number, index in order)


def _without_facing_columns(
    places: Sequence[VinPlace], claims: Sequence[VehicleClaim], layout: Layout
) -> tuple[list[VinPlace], list[VehicleClaim]]:
    """Return places and claims without those of a page's right column that says in another language what the left says.

    Where both columns do not name the same vehicles, all of them are in doubt (`conflict`).
    """
    left_of = {page.number: _left_column(page.number, layout) for page in layout.pages}
    sides: dict[int, tuple[list[int], list[int]]] = {number: ([], []) for number, edge in left_of.items() if edge}
    for index, place in enumerate(places):
        if place.vin.page in sides and place.vin.box:
            sides[place.vin.page][place.vin.box.centre[0] > left_of[place.vin.page]].append(index)
    kept: dict[int, VehicleClaim] = dict(enumerate(claims))
    for left, right in sides.values():
        here, there = ({claims[index].vin.value: index for index in side} for side in (left, right))
        if not here or not there:
            continue
        if here.keys() == there.keys() and len(here) == len(left) and len(there) == len(right):
            for number, index in there.items():
                kept[here[number]] = _together(kept[here[number]], kept.pop(index))
        elif len(left) == len(right):
            for index in (*left, *right):
                kept[index] = replace(kept[index], vin=replace(kept[index].vin, doubt="conflict"))
    return [places[index] for index in sorted(kept)], [kept[index] for index in sorted(kept)]


def _left_column(page: int, layout: Layout) -> float:
    """Return where the right one of a page's two columns in different languages begins, 0.0 where it has none.

    Hardly a line may run over both; the right one is in small Latin or Cyrillic letters and the left one is not.
    """
    cells = [cell for row in layout.rows if row.page == page for cell in row.cells]
    right = sorted(cell.box.x0 for cell in cells if cell.box.x0 > MIDDLE)
    if len(right) < FEWEST_FACING:
        return 0.0
    edge = right[0] - EDGE
    if sum(cell.box.x0 < edge < cell.box.x1 - EDGE for cell in cells) > MOST_ACROSS:
        return 0.0
    texts = ["".join(cell.text for cell in cells if (cell.box.x0 >= edge) is right) for right in (False, True)]
    mine, theirs = (sum("\u4e00" <= c <= "\u9fff" for c in text) for text in texts)
    small = sum(character.islower() for character in texts[1])
    return edge if mine >= FEWEST_WORDS and small >= FEWEST_WORDS and theirs < small / FEWEST_FACING else 0.0


def _without_other_columns(
    places: Sequence[VinPlace], claims: Sequence[VehicleClaim]
) -> tuple[list[VinPlace], list[VehicleClaim]]:
    """Return places and claims without vehicles that a cell beside says in other words."""
    found: dict[tuple[int, str], int] = {}
    kept: list[tuple[VinPlace, VehicleClaim]] = []
    for place, claim in zip(places, claims, strict=True):
        index = found.setdefault((place.row, claim.vin.value), len(kept))
        if index < len(kept) and kept[index][0].cell.text != place.cell.text:
            kept[index] = kept[index][0], _together(kept[index][1], claim)
        else:
            kept.append((place, claim))
    return [place for place, _ in kept], [claim for _, claim in kept]


def _listings(places: Sequence[VinPlace], claims: Sequence[VehicleClaim], layout: Layout) -> list[list[VehicleClaim]]:
    """Return the claims list by list: another table, or another matter between two VINs, begins a new one."""
    table_of = {row.number: index for index, table in enumerate(layout.tables) for row in table.rows}
    breaks = _other_matter(layout)
    listings: list[list[VehicleClaim]] = []
    last: VinPlace | None = None
    for place, claim in zip(places, claims, strict=True):
        same = last is not None and _is_one_list(last, place, table_of, breaks)
        if not same:
            listings.append([])
        listings[-1].append(claim)
        last = place
    return listings


def _is_one_list(last: VinPlace, place: VinPlace, table_of: Mapping[int, int], breaks: frozenset[int]) -> bool:
    if table_of.get(last.row) != table_of.get(place.row) or _is_in_other_words(last.cell.text, place.cell.text):
        return False
    return place.row in table_of or not any(last.row < row < place.row for row in breaks)


def _is_in_other_words(first: str, again: str) -> bool:
    """Return whether of two paragraphs, or sentences, one is in Chinese and the other in another language."""
    if min(len(first), len(again)) >= FEWEST_WORDS:
        return has_chinese(first) != has_chinese(again) or _is_chinese(first) != _is_chinese(again)
    return min(len(first), len(again)) >= SENTENCE and _is_chinese(first) != _is_chinese(again)


def _is_chinese(text: str) -> bool:
    """Return whether a text is in Chinese, names and codes in it apart: more ideographs than small letters."""
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > sum(map(str.islower, text))


def _other_matter(layout: Layout) -> frozenset[int]:
    """Return the rows that speak of something else than vehicles: outlets, the destination, who exports."""
    labelled = {value.row for value in layout.labelled if value.name not in _OF_VEHICLES}
    return frozenset(labelled) | layout.table_rows("outlets")


def _together(first: VehicleClaim, again: VehicleClaim) -> VehicleClaim:
    """Return what two places say of one vehicle."""
    changed: dict[str, Field] = {}
    for name in (field.name for field in fields(VehicleClaim)):
        here, there = getattr(first, name), getattr(again, name)
        if here is None and there is not None:
            changed[name] = there
        elif name in _DATES and here and there and here.value != there.value:
            changed[name] = replace(here, doubt="conflict")
    return replace(first, **changed)
