"""Every command in deploy/ starts and does its work: taken from the files as they are, only places exchanged."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.faulty import offices
from tests.faulty.cluster import ROOT, free_port
from tests.faulty.recorded import write_documents
from verifier.batch.engine import open_engine

pytestmark = pytest.mark.acceptance
UNITS = ROOT / "deploy" / "systemd"
COMPOSE = ROOT / "deploy" / "compose" / "compose.yaml"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an authority and one certificate by it, as the settings name them."""
    folder = tmp_path_factory.mktemp("tls")
    new = ["-newkey", "rsa:2048", "-nodes", "-subj"]
    authority = ["req", "-x509", *new, "/CN=authority", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem"]
    request = ["req", *new, "/CN=cluster", "-keyout", "cluster.key", "-out", "cluster.csr"]
    signed = ["x509", "-req", "-in", "cluster.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "cluster.pem"]
    for command in (authority, request, [*signed, "-days", "2", "-CAcreateserial"]):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    names = {"CA": "ca.pem", "CERT": "cluster.pem", "KEY": "cluster.key"}
    return {f"VERIFIER_DASK_{name}": str(folder / file) for name, file in names.items()}


def unit(name: str) -> dict[str, list[str]]:
    """Return the keys of a unit file with their values."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        key, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def command_of(name: str, environment: dict[str, str]) -> list[str]:
    """Return a unit's command with its variables filled in, for the programs beside this Python."""
    (line,) = unit(name)["ExecStart"]
    for variable, value in environment.items():
        line = line.replace("${" + variable + "}", value)
    assert "${" not in line, line
    return shlex.split(line.replace("/opt/verifier/.venv/bin", str(BIN)))


def composed(service: str, port: int, certificates: dict[str, str], folder: Path) -> list[str]:
    """Return a service's entry point, for this machine."""
    entrypoint = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"][service]["entrypoint"]
    tls = str(Path(certificates["VERIFIER_DASK_CA"]).parent)
    placed = [str(folder) if part == "/tmp" else part.replace("/tls/", f"{tls}/") for part in entrypoint]
    here = [part.replace("scheduler:8786", f"127.0.0.1:{port}").replace("8786", str(port)) for part in placed]
    return [str(BIN / here[0]), *here[1:]]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Return a list whose processes are ended, their children with them, when the test is over."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.terminate()
    for process in running:
        process.wait(30)


@pytest.mark.parametrize("source", ["systemd", "compose"])
def test_cluster_of_the_files_works_over_tls(
    source: str,
    tmp_path: Path,
    certificates: dict[str, str],
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = free_port()
    settings = certificates | {"VERIFIER_DASK_SCHEDULER": f"127.0.0.1:{port}"}
    if source == "systemd":
        scheduler = command_of("verifier-dask-scheduler.service", settings)
        scheduler[scheduler.index("8786")] = str(port)
        worker = command_of("verifier-dask-worker@.service", settings)
        worker[worker.index("--local-directory") + 1] = str(tmp_path / "dask")
    else:
        scheduler, worker = (composed(name, port, certificates, tmp_path / "dask") for name in ("scheduler", "worker"))
    environment = os.environ | certificates | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    for command in (scheduler, worker):
        with (tmp_path / "log").open("ab") as log:
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=tmp_path))
    for name, value in certificates.items():
        monkeypatch.setenv(name, value)
    write_documents(tmp_path / "letters", 6)
    asked = offices.order(tmp_path / "letters", tmp_path / "results.jsonl", 6)
    summary = offices.run(asked, tmp_path, open_engine(f"dask://127.0.0.1:{port}", 1))
    assert (summary.reports, summary.verdicts) == (6, {"verified"})


def test_units_of_batch_and_reverify_do_their_work(tmp_path: Path) -> None:
    settings = {
        "VERIFIER_HOME": str(tmp_path / "home"),
        "VERIFIER_INBOX": str(tmp_path / "inbox"),
        "VERIFIER_OUT": str(tmp_path),
        "VERIFIER_ENGINE": "local",
    }
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "empty.pdf").write_bytes(b"")
    for name, written in (("batch", "results.jsonl"), ("reverify", "reverified.changes.html")):
        began = time.monotonic()
        command = command_of(f"verifier-{name}.service", settings)
        done = subprocess.run(
            command, env=os.environ | settings, capture_output=True, text=True, timeout=240, check=False
        )
        allowed = {0, *map(int, unit(f"verifier-{name}.service")["SuccessExitStatus"][0].split())}
        assert done.returncode in allowed, done.stderr
        assert (tmp_path / written).is_file(), f"{name} after {time.monotonic() - began:.0f} s"


def test_examples_name_every_variable_of_the_units() -> None:
    examples = "".join(path.read_text(encoding="utf-8") for path in UNITS.glob("*.example"))
    for path in UNITS.glob("*.service"):
        for part in path.read_text(encoding="utf-8").split("${")[1:]:
            assert f"{part.split('}')[0]}=" in examples, f"{path.name}: {part}"
