"""Runs the command line as a user does: in a process of its own, with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.serving import Served, serving

SAMPLES = Path(__file__).parents[2] / "samples"
RECORD_HEADER = (
    "vin,brand,model,manufacturer,registration_date,transfer_date,export_country,applicant,application_date,"
    "application_number\n"
)


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.stdout.splitlines()]


@pytest.fixture
def verifier(tmp_path: Path) -> Callable[..., Run]:
    """Return a function that runs `verifier ARGUMENTS`."""

    def run(*arguments: object, language: str = "C.UTF-8") -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "verifier", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            env=os.environ | {"VERIFIER_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "1", "LANG": language},
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A records.csv with one vehicle."""
    path = tmp_path / "records.csv"
    row = "1M8GDM9AXKP042788,星驰牌,XC7001A,星驰汽车有限公司,2026-01-05,2026-01-10,KZ,远通公司,2026-02-01,AP-1\n"
    path.write_text(RECORD_HEADER + row, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a running server with a worker."""
    with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def api(served: Served) -> Iterator[httpx.Client]:
    """Return a client of the running server."""
    with httpx.Client(base_url=served.url, timeout=60) as client:
        yield client
