"""Letters of many offices as plain text, each with the claims it makes: a changed claim shows as a changed file.

A layout that was read wrong is added here with what it should have said. `python -m tests.golden.test_letters`
writes the claims anew; look at the difference before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.extraction.sheet import LABELS, page
from verifier.extraction import extract
from verifier.letter import Field, Letter
from verifier.record import Maker, Makers

FOLDER = Path(__file__).parent / "letters"
MAKERS = Makers([Maker("长风汽车集团有限公司", "Changfeng Automobile Group Co., Ltd.")])
OF_LETTER = ("number", "issuer", "issued_on", "valid_until", "addressee", "exporter", "stated_vehicle_count")
OF_VEHICLE = ("vin", "brand", "model", "registration_date", "transfer_date", "export_country")
OF_OUTLET = ("name", "address", "contact", "phone", "country")


def claims(path: Path) -> dict[str, object]:
    """Return what a letter claims, values only; pages are divided by a line of dashes."""
    pages = path.read_text(encoding="utf-8").split("\n----\n")
    letter = extract(tuple(page(rows, number) for number, rows in enumerate(pages, 1)), LABELS, MAKERS)
    return {
        "kind": letter.kind.value,
        **_values(letter, OF_LETTER),
        "export_countries": [country.value for country in letter.export_countries],
        "vehicles": [_values(vehicle, OF_VEHICLE) for vehicle in letter.vehicles],
        "outlets": [_values(outlet, OF_OUTLET) for outlet in letter.outlets],
        "unassigned": [field.value for field in _unassigned(letter)],
    }


def _values(owner: object, names: tuple[str, ...]) -> dict[str, str]:
    fields = {name: getattr(owner, name) for name in names}
    return {name: field.value for name, field in fields.items() if field is not None}


def _unassigned(letter: Letter) -> tuple[Field, ...]:
    return *letter.unassigned_dates, *letter.unassigned_models


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_letter_claims_what_it_says(path: Path) -> None:
    assert claims(path) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    for text in FOLDER.glob("*.txt"):
        written = json.dumps(claims(text), ensure_ascii=False, indent=1)
        text.with_suffix(".json").write_text(written + "\n", encoding="utf-8")
