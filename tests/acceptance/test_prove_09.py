"""A small sample of proof 09: processes are killed under load, on both databases, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.service import report_reads
from tests.proofs.prove_09 import document, is_kept
from tests.service.api_description import Conformance
from tests.service.killing import kill_at_random
from tests.service.postgres import Postgres

pytestmark = pytest.mark.acceptance
KILLS = 6


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_every_acknowledged_upload_ends_in_one_verdict(store: str, tmp_path: Path) -> None:
    server = Postgres() if store == "postgresql" else None
    try:
        url = server.fresh() if server else f"sqlite:///{tmp_path}/store.db"
        outcome = kill_at_random(tmp_path / "home", url, KILLS, seed=1)
    finally:
        if server:
            server.stop()
    assert outcome.wrong == ()
    assert outcome.acknowledged > 0  # how many, a slow machine decides
    assert is_kept(outcome)
    page = document({store: outcome}, Conformance(0, 1, (), ""), [])
    assert f"| {store} | {KILLS} | {outcome.acknowledged} |" in page


def test_reports_are_read_over_one_connection_after_another(tmp_path: Path) -> None:
    reads = report_reads(tmp_path, seconds=1.0, letters=3)
    assert reads.reads > 20
    assert reads.p50_ms <= reads.p99_ms
