"""What pages are made of: words in both languages, marks, charts, exports, templates without inline code."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.catalogue import messages
from verifier.cases.presenting import in_order
from verifier.cases.statistics import Counted, summarise
from verifier.formats.vin import check_digit
from verifier.page import Box
from verifier.report import Check, Outcome
from verifier.rules.catalogue import catalogue
from verifier.web.pages.charts import HEIGHT, weekly
from verifier.web.pages.check_names import CHECKS
from verifier.web.pages.exports import DANGEROUS, as_csv, as_xlsx
from verifier.web.pages.language import Language, catalogue_path, own_path, translations
from verifier.web.pages.marks import crop_around, differences, shown_vin
from verifier.web.pages.rendering import STATIC

WEB = STATIC.parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def _messages() -> set[str]:
    return {one.id[0] if isinstance(one.id, tuple) else one.id for one in messages() if one.id}


def test_every_message_is_in_chinese_and_none_is_left_over() -> None:
    with catalogue_path(Language.ZH).open("rb") as source:
        known = {
            entry.id[0] if isinstance(entry.id, tuple) else entry.id: entry for entry in read_po(source) if entry.id
        }
    assert _messages() == set(known)
    empty = [name for name, entry in known.items() if not all(entry.string if entry.pluralizable else [entry.string])]
    assert empty == []
    assert not any(entry.fuzzy for entry in known.values())


def test_placeholders_are_the_same_in_both_languages() -> None:
    chinese = translations(Language.ZH)
    for message in _messages():
        assert set(PLACEHOLDER.findall(chinese.gettext(message))) == set(PLACEHOLDER.findall(message)) or (
            "%(num)d" in message and set(PLACEHOLDER.findall(chinese.ngettext(message, message, 2))) == {"%(num)d"}
        ), message


def test_every_check_of_the_rules_has_a_name() -> None:
    assert set(catalogue()) == set(CHECKS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_code_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|\bjs:|\|\s*safe", text)
    assert "://" not in text.replace("http://www.w3.org/2000/svg", "")


def test_vendored_files_are_those_that_were_fetched() -> None:
    for sums in (*STATIC.glob("vendor/*/SHA256SUMS"), *Path("tests/acceptance/vendor").glob("*/SHA256SUMS")):
        for line in sums.read_text().splitlines():
            sha256, name = line.split()
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == sha256
        assert any(path.name.startswith("LICENSE") for path in sums.parent.iterdir())


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | st.sampled_from(
    ["=1+1", "  =cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "＝1", "\t=1"]
)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_no_cell_of_an_export_begins_as_a_formula(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(as_csv([cells]).decode("utf-8-sig")))
    assert not any(cell.lstrip(" ").startswith(DANGEROUS) for cell in read)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([("a", [cells])])))
    written = [cell for row in book["a"].iter_rows() for cell in row if cell.value]
    assert all(cell.data_type == "s" and not cell.value.lstrip(" ").startswith(DANGEROUS) for cell in written)


@given(st.text(max_size=30), st.text(max_size=30))
def test_marking_differences_changes_no_text(one: str, other: str) -> None:
    left, right = differences(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    assert any(piece.differs for piece in (*left, *right)) == (one != other)


@given(st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17))
def test_a_vin_is_shown_whole_with_the_digit_it_must_have(bare: str) -> None:
    vin = bare[:8] + check_digit(bare) + bare[9:]
    shown = shown_vin(vin)
    assert "".join(group.text for group in shown.groups) == vin
    assert (shown.is_valid, shown.expected_digit) == (True, vin[8])


@given(st.tuples(*[st.floats(0, 1) for _ in range(4)]), st.floats(0.3, 3))
def test_a_crop_lies_on_the_page_and_holds_its_box(sides: tuple[float, float, float, float], aspect: float) -> None:
    x0, y0, x1, y1 = sides
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    crop = crop_around(1, box, aspect)
    assert 0 <= crop.shown.x0 < crop.shown.x1 <= 1
    assert 0 <= crop.shown.y0 < crop.shown.y1 <= 1
    assert -1e-9 <= crop.inside.x0 <= crop.inside.x1 <= 1 + 1e-9
    assert -1e-9 <= crop.inside.y0 <= crop.inside.y1 <= 1 + 1e-9
    assert crop.width >= 1
    assert crop.height >= 1


def test_failed_checks_come_first_and_serious_ones_before_slight_ones() -> None:
    rows = [
        Check("a", Outcome.PASS, severity="high"),
        Check("b", Outcome.UNSURE, severity="high"),
        Check("c", Outcome.FAIL, severity="low"),
        Check("d", Outcome.FAIL, severity="high"),
    ]
    assert [check.id for check in in_order(rows)] == ["d", "c", "b", "a"]


def test_statistics_count_each_letter_once_and_keep_the_rest_as_others() -> None:
    counted = tuple(
        Counted(
            date(2026, 1, 5 + n % 3), "verified" if n % 4 else "flagged", f"maker {n}", "exporter", "KZ", ("vin.reuse",)
        )
        for n in range(20)
    )
    found = summarise(counted, date(2026, 1, 1), date(2026, 1, 31))
    assert (found.whole.total, found.whole.flagged, found.whole.straight_through) == (20, 5, 0.75)
    assert sum(row.total for row in found.weeks) == sum(row.total for row in found.makers) == 20
    assert (found.makers[-1].name, found.makers[-1].total) == ("", 8)
    assert [(one.month, one.documents) for one in found.reasons] == [("2026-01", 20)]
    assert [row.name for row in found.weeks] == ["2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"]
    chart = weekly(found.weeks)
    assert {bar.name for bar in chart.bars} == {"2026-01-05"}
    assert all(0 < bar.y < HEIGHT and bar.height > 0 for bar in chart.bars)


@given(st.text(max_size=60))
def test_one_is_never_sent_to_another_site(back: str) -> None:
    path = own_path(back)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
