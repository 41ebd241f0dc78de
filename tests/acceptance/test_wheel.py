"""The wheel as a stranger installs it: a fresh environment, another folder, nothing of the checkout in reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
PACKAGES = Path(np.__file__).parents[1]
"""Where the pinned packages of this environment lie; the fresh one borrows them."""

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that `make dist` builds."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `verifier` command of a fresh environment that holds the wheel and borrows every other package."""
    fresh = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", fresh], check=True)
    (own,) = fresh.glob("lib/python*/site-packages")
    (own / "borrowed.pth").write_text(f"{PACKAGES}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(fresh / "bin" / "python")]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--no-compile", str(wheel)], check=True)
    return fresh / "bin" / "verifier"


def run(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder of its own, with nothing of the checkout on its path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"VERIFIER_HOME": str(folder / "home"), "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_data_is_inside_and_what_makes_it_is_not(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    own = [path for path in (ROOT / "verifier").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {str(path.relative_to(ROOT)) for path in own} <= set(names)
    tracked = {path.name for path in (ROOT / "models").iterdir() if path.suffix in (".onnx", ".csv", ".toml", ".json")}
    assert tracked <= {name.removeprefix("verifier/models/") for name in names}
    assert not [name for name in names if "training" in name or name.startswith(("models/", "tests/", "samples/"))]


def test_the_code_that_runs_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    code = "import verifier; from verifier.settings import models_folder; print(verifier.__file__, models_folder())"
    where = run([installed.with_name("python"), "-c", code], tmp_path).stdout.split()
    assert len(where) == 2
    assert all(Path(place).is_relative_to(installed.parents[1]) for place in where)


def test_a_letter_is_verified_from_another_folder(installed: Path, tmp_path: Path) -> None:
    inputs = ["--records", SAMPLES / "records.csv", "--seals", SAMPLES / "specimens.csv", "--lists", SAMPLES / "lists"]
    letter = SAMPLES / "letters" / "genuine_label_lines_scan_200.jpg"
    done = run([installed, "verify", letter, *inputs, "--on", "2026-04-01", "--json"], tmp_path)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "verified"), done.stderr


def test_the_doctor_finds_everything(installed: Path, tmp_path: Path) -> None:
    done = run([installed, "doctor"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
