"""The main job on the checked-in samples, as `make demo` runs it: nothing forged passes, the planted checks trip."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.acceptance
SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "letters" / "expected.json").read_text(encoding="utf-8"))
FORGED = sorted(name for name, expected in EXPECTED.items() if expected["defect"])
GENUINE = sorted(name for name, expected in EXPECTED.items() if not expected["defect"])
SHOWS_ANOTHER_VIN = {"overlay_over_vin.pdf"}
"""What is drawn over the number is what a viewer shows, and so what is read."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return the reports of all samples by file name, from one run of the command."""
    inputs = ["--records", "records.csv", "--seals", "specimens.csv", "--lists", "lists", "--on", "2026-04-01"]
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-m", "verifier", "verify", *(f"letters/{name}" for name in EXPECTED), *inputs, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        cwd=SAMPLES,
        env=os.environ | {"VERIFIER_HOME": str(home), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 1, done.stderr
    assert not list(home.iterdir()), "verify writes nothing to the database"
    return {report["document"]["name"]: report for report in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", FORGED)
def test_a_planted_defect_is_found(reports: dict[str, dict[str, Any]], name: str) -> None:
    report = reports[name]
    flagging = {check["id"] for check in report["checks"] if check["outcome"] in ("fail", "unsure")}
    assert report["verdict"] == "flagged"
    assert flagging & set(EXPECTED[name]["must_trip"]), flagging


@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_letter_gets_its_verdict(reports: dict[str, dict[str, Any]], name: str) -> None:
    flagging = [(c["id"], c["message"]) for c in reports[name]["checks"] if c["outcome"] in ("fail", "unsure")]
    assert reports[name]["verdict"] == EXPECTED[name]["expected_verdict"], flagging


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - SHOWS_ANOTHER_VIN))
def test_numbers_and_country_are_read_with_their_evidence(reports: dict[str, dict[str, Any]], name: str) -> None:
    fields, truth = reports[name]["fields"], EXPECTED[name]["fields"]
    assert [v["vin"]["value"] for v in fields["vehicles"]] == [v["vin"] for v in truth["vehicles"]]
    assert all(v["vin"]["box"] and v["vin"]["page"] for v in fields["vehicles"])
    assert (fields["export_country"] or {}).get("value") == truth["export_country"]


def test_every_check_says_what_in_both_languages(reports: dict[str, dict[str, Any]]) -> None:
    for report in reports.values():
        for check in report["checks"]:
            assert check["message"], check["id"]
            assert check["message_zh"], check["id"]
            assert check["clause"], check["id"]
            if check["outcome"] in ("fail", "unsure"):
                assert check["advice"], check["id"]
                assert check["advice_zh"], check["id"]
