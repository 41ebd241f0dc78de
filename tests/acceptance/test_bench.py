"""The benches on a few letters and pages: the same code, from generator to report and picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.generate import chosen_letters, write_set
from tests.benchmarks import bench, growth, reading_bench
from tests.benchmarks.bench_plot import plot
from tests.benchmarks.bench_report import document
from tests.benchmarks.measured_letters import Bench
from tests.benchmarks.reading_pages import bench_pages
from verifier.evaluation.figures import Rate

pytestmark = pytest.mark.acceptance

SEED = 47
PROGRAMS = ("ours", "rapidocr", "pytesseract")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return the bench over a genuine letter and a forged one."""
    folder = tmp_path_factory.mktemp("bench")
    plans = chosen_letters(1, ("wrong_country",), SEED)
    write_set(plans, folder, 1, makers=list(dict.fromkeys(plan.maker for plan in plans)))
    found = bench.compare(folder, PROGRAMS, 1, folder)
    assert bench.compare(folder, PROGRAMS, 1, folder) == found  # every round was kept: nothing is measured again
    return found


def test_every_program_is_measured_and_scored(compared: Bench) -> None:
    for name in PROGRAMS:
        assert compared.per_page(name)[0] > 0.1, name
        assert 50 < compared.peak_mb(name) < 4000, name
        assert compared.rate(name, "VIN exact").n >= 2, name
    assert compared.rate("ours", "VIN exact").value == 1.0
    assert compared.rate("ours", "forged accepted") == Rate(0, 1)
    assert compared.rate("ours", "genuine accepted") == Rate(1, 1)


def test_report_and_picture_are_written(compared: Bench, tmp_path: Path) -> None:
    series = growth.measure(growth.SMALL, tmp_path)
    assert growth.measure(growth.SMALL, tmp_path) == series  # points are kept
    text = document("--n 2", compared, series)
    assert all(f"| {name} |" in text for name in PROGRAMS)
    assert "OCRMYPDF" in text  # it was not compared: the report says how to get it
    assert "one-page letters in a file" in text
    plot(compared, series, tmp_path / "bench.svg")
    assert (tmp_path / "bench.svg").stat().st_size > 10_000


def test_reading_is_compared_page_by_page(tmp_path: Path) -> None:
    page = bench_pages(tmp_path, every=100)
    (read,) = reading_bench.read_all(page, ["pytesseract"], 1, tmp_path)
    assert len(read.cpu["dense"]) == len(page) == 1
    assert reading_bench.read_all(page, ["pytesseract"], 1, tmp_path) == [read]
