"""The service's commands as an operator runs them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.acceptance.conftest import Run
from tests.service.office import Office
from tests.service.postgres import free_port
from tests.service.recorded import letter
from verifier.store.database import Database

pytestmark = pytest.mark.acceptance
Verifier = Callable[..., Run]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return the store that the `verifier` fixture's commands work on."""
    home = tmp_path / "home"
    return Office(Database(f"sqlite:///{home}/verifier.sqlite3", blobs=home / "blobs"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_an_address_that_others_reach_is_refused(verifier: Verifier, host: str) -> None:
    run = verifier("serve", "--host", host)
    assert run.exit_code == 2
    assert "VERIFIER_PUBLIC_URL" in run.stderr


def test_without_login_only_this_machine_is_served(verifier: Verifier) -> None:
    run = verifier("serve", "--open-access", "--host", "0.0.0.0")
    assert run.exit_code == 2
    assert "without login" in run.stderr


def test_backup_restore_delete_and_retention(verifier: Verifier, office: Office, tmp_path: Path) -> None:
    kept, deleted = office.hand_in(letter("a"), letter("b")).document_ids
    office.work()
    report = office.report(kept)
    assert verifier("delete", deleted).exit_code == 0
    assert verifier("backup", tmp_path / "backup").exit_code == 0
    again = verifier("backup", tmp_path / "backup")
    assert (again.exit_code, "not empty" in again.stderr) == (2, True)
    assert verifier("restore", tmp_path / "backup").exit_code == 2  # there is something already
    os.rename(tmp_path / "home", tmp_path / "lost")
    assert verifier("restore", tmp_path / "backup").exit_code == 0
    assert office.report(kept) == report
    assert office.upload(deleted).state == "deleted"
    retention = verifier("retention", "--days", "0")
    assert (retention.exit_code, "1 documents deleted" in retention.stderr) == (0, True)
    assert office.upload(kept).state == "deleted"
    assert verifier("delete", "nothing-by-this-name").exit_code == 2


def test_serve_brings_up_workers_and_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "verifier", "serve", "--port", str(port), "--workers", "1"]
    environment = os.environ | {"VERIFIER_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "1"}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        assert _workers(port, 90) == 1
        children = _children(server.pid)
        assert children
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


def _workers(port: int, seconds: float) -> int:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            found = int(httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).json().get("workers", 0))
            if found:
                return found
        time.sleep(0.2)
    return 0


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
