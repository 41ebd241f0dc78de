"""What the verifier is built of: every package pinned by hash, under a licence that may be delivered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.supply import mutation
from tests.supply.licences import DELIVERED, Licensed, delivered, pinned

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda file: file.name)
def test_every_package_is_pinned_by_hash(file):
    if file.name == "requirements-overrides.txt":
        pytest.skip("says what is left out, installs nothing")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", file.read_text())
    packages = [block for block in blocks if "==" in block]
    assert packages
    assert [block.partition("==")[0] for block in packages if "--hash=sha256:" not in block] == []
    assert "://" not in file.read_text()


def test_every_delivered_package_may_be_delivered():
    missing = [one.name for one in delivered() if not one.licences and one.name in _always_installed()]
    assert missing == []
    assert [one for one in delivered() if one.licences and not one.is_allowed] == []


def _always_installed() -> set[str]:
    return {name for name, _ in pinned(ROOT / DELIVERED[0])}


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "Proprietary", "SSPL"]
)
def test_what_may_not_be_is_told(licence):
    assert not Licensed("x", "1", (licence,)).is_allowed
    assert not Licensed("x", "1", ("MIT", licence)).is_allowed
    assert not Licensed("x", "1", ()).is_allowed


# --- mutants ----------------------------------------------------------------------------------------------


def _mutants():
    return [
        mutation.Mutant(f"verifier.a.x_f__mutmut_{n}", "verifier/a.py", mutation.KILLED if n % 5 else mutation.SURVIVED)
        for n in range(100)
    ]


def test_a_sample_of_mutants_is_drawn_by_seed():
    drawn = mutation.chosen(_mutants(), 10, 1)
    assert len({mutant.name for mutant in drawn}) == 10
    assert drawn == mutation.chosen(_mutants()[:], 10, 1) != mutation.chosen(_mutants(), 10, 2)
    assert mutation.chosen(_mutants(), 0, 1) == mutation.chosen(_mutants(), 500, 1) == _mutants()


def test_the_report_counts_mutants_by_module_and_shows_the_survivors():
    untried = mutation.Mutant("verifier.b.x_g__mutmut_1", "verifier/b.py", mutation.UNTRIED)
    text = mutation.document([*_mutants(), untried], 0, 1, {"verifier.a.x_f__mutmut_5": "a → b"})
    assert "| verifier/a.py | 0.800 (80/100;" in text
    assert "| verifier/b.py | none tried |" in text
    assert "- `a.x_f__mutmut_5`: `a → b`" in text
    assert text.count("- `a.x_f") == 20
