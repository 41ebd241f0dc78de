"""The Dask engine with real schedulers and workers on loopback."""

from __future__ import annotations

import json
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.faulty import offices
from tests.faulty.cluster import Cluster, running_cluster
from tests.faulty.recorded import write_documents
from verifier.batch.dask_engine import DaskEngine
from verifier.batch.engine import open_engine
from verifier.errors import ConfigurationError, ProcessingError

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """Return a cluster of two workers."""
    with running_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running  # type: ignore[misc]


def names(out: Path, error: str | None = None) -> list[str]:
    """Return the names of the documents in a results file, or of those with an error that says something."""
    reports = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return [
        r["document"]["name"]
        for r in reports
        if error is None or (r["error"] is not None and error in r["error"]["message"])
    ]


def test_results_are_those_of_the_local_loop(tmp_path: Path, cluster: Cluster) -> None:
    write_documents(tmp_path / "letters", 40, odd={3: {"country": "RU"}})
    for name in ("local", "dask"):
        (tmp_path / name).mkdir()
        engine = open_engine(cluster.engine if name == "dask" else "local", 1)
        asked = offices.order(tmp_path / "letters", tmp_path / name / "results.jsonl", 40)
        offices.run(asked, tmp_path / name, engine)
    assert (tmp_path / "dask/results.jsonl").read_bytes() == (tmp_path / "local/results.jsonl").read_bytes()


def test_worker_nanny_and_scheduler_may_die(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster", workers=2) as cluster:
        _survive(tmp_path, cluster)


def _survive(tmp_path: Path, cluster: Cluster) -> None:
    slow = {number: {"seconds": 0.15} for number in range(60)}
    write_documents(tmp_path / "letters", 60, slow=slow)
    asked = offices.order(tmp_path / "letters", tmp_path / "results.jsonl", 60)
    driver = threading.Thread(target=lambda: offices.run(asked, tmp_path, open_engine(cluster.engine, 1)))
    driver.start()
    while not any((tmp_path / "spool").glob("*.done")):
        time.sleep(0.05)
    cluster.workers()[0].send_signal(signal.SIGKILL)
    time.sleep(0.5)
    cluster.nannies[1].kill()
    cluster.start_worker()
    time.sleep(0.5)
    assert cluster.scheduler is not None
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    cluster.start_scheduler()
    until = time.monotonic() + 120
    while driver.is_alive() and time.monotonic() < until:
        driver.join(5)
        cluster.keep_up(2)  # workers that gave up with the scheduler are started again, as a supervisor does
        if not cluster.workers():
            cluster.start_worker()
    assert not driver.is_alive()
    assert names(tmp_path / "results.jsonl") == [f"{number:06d}.pdf" for number in range(60)]
    assert names(tmp_path / "results.jsonl", "died") == []


def test_a_cluster_without_workers_is_told_not_waited_for(tmp_path: Path) -> None:
    write_documents(tmp_path / "letters", 2)
    asked = offices.order(tmp_path / "letters", tmp_path / "results.jsonl", 2)
    with running_cluster(tmp_path / "cluster", workers=0) as cluster:
        engine = DaskEngine(cluster.engine.removeprefix("dask://"), None, unstaffed_seconds=1.0)
        with pytest.raises(ProcessingError, match="no workers"):
            offices.run(asked, tmp_path, engine)


def test_another_machine_needs_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="VERIFIER_DASK_CA"):
        open_engine("dask://10.0.0.7:8786", 1)
    monkeypatch.setenv("VERIFIER_DASK_CA", "ca.pem")
    with pytest.raises(ConfigurationError, match="belong together"):
        open_engine("dask://10.0.0.7:8786", 1)
    with pytest.raises(ConfigurationError):
        open_engine("ray://here", 1)
