"""The bundle's script: installs what lies beside it, asks no network, refuses what was changed on the way."""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "deploy" / "bundle"
NOWHERE = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "all_proxy", "PIP_INDEX_URL")}
"""What would have pip fail at once if it asked the network for anything."""

pytestmark = pytest.mark.acceptance


def write_wheel(folder: Path, name: str, files: dict[str, str], entry_points: str = "") -> Path:
    """Write a small wheel of one package and return its path."""
    about = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    files = files | {
        f"{about}/METADATA": metadata,
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": entry_points,
    }
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
        rows = [f"{file},sha256={_digest(text)},{len(text)}" for file, text in files.items()]
        wheel.writestr(f"{about}/RECORD", "\n".join([*rows, f"{about}/RECORD,,", ""]))
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def sealed(bundle: Path) -> None:
    """Write the sums that the script checks."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  ./{path.relative_to(bundle)}\n" for path in files]
    (bundle / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Return a bundle like that of `make bundle`, with a pinned package and a verifier of one line each."""
    folder = tmp_path / "bundle"
    for part in ("wheels", "tessdata", "samples"):
        (folder / part).mkdir(parents=True)
    (folder / "tessdata" / "eng.traineddata").write_bytes(b"data")
    pinned = write_wheel(folder / "wheels", "pinned", {"pinned.py": "VALUE = 648\n"})
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"pinned==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    (folder / "requirements-bf16.txt").write_text("", encoding="utf-8")
    code = "import os, pinned\ndef main(): print(pinned.VALUE, os.environ['TESSDATA_PREFIX'])\n"
    write_wheel(folder / "wheels", "verifier", {"verifier.py": code}, "[console_scripts]\nverifier = verifier:main\n")
    here = ".".join(platform.python_version_tuple()[:2]) + " " + platform.machine()
    (folder / "python.txt").write_text(here, encoding="utf-8")
    shutil.copy(SCRIPTS / "install", folder)
    sealed(folder)
    return folder


def install(bundle: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the bundle's script from elsewhere, with every way to the network leading nowhere."""
    command = [bundle / "install", folder]
    return subprocess.run(
        command, cwd=bundle.parent, env=os.environ | NOWHERE, capture_output=True, text=True, timeout=120, check=False
    )


def test_everything_comes_from_the_bundle(bundle: Path, tmp_path: Path) -> None:
    done = install(bundle, tmp_path / "opt")
    assert done.returncode == 0, done.stderr
    environment = {name: value for name, value in os.environ.items() if name != "TESSDATA_PREFIX"}
    said = subprocess.run([tmp_path / "opt" / "verifier"], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["648", str(tmp_path / "opt" / "tessdata")]


def test_a_changed_file_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "tessdata" / "eng.traineddata").write_bytes(b"other")
    done = install(bundle, tmp_path / "opt")
    assert done.returncode != 0
    assert "eng.traineddata" in done.stdout + done.stderr
    assert not (tmp_path / "opt").exists()


def test_a_wheel_of_another_hash_is_refused_even_where_the_sums_fit(bundle: Path, tmp_path: Path) -> None:
    write_wheel(bundle / "wheels", "pinned", {"pinned.py": "VALUE = 0\n"})
    sealed(bundle)
    done = install(bundle, tmp_path / "opt")
    assert done.returncode != 0
    assert "hash" in done.stderr.lower()


def test_another_python_is_told_before_anything_is_written(bundle: Path, tmp_path: Path) -> None:
    (bundle / "python.txt").write_text("3.9 sparc", encoding="utf-8")
    done = install(bundle, tmp_path / "opt")
    assert (done.returncode, "3.9 sparc" in done.stderr, (tmp_path / "opt").exists()) == (2, True, False)


@pytest.mark.parametrize("file", ["Containerfile", "deploy/compose/Dockerfile"])
def test_containers_have_the_system_packages_of_make_setup(file: str) -> None:
    listed = re.search(r"DEBIAN_RUNTIME :=((?:.*\\\n)*.*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert listed
    needed = {name for name in listed[1].split() if name.startswith("tesseract")}
    last = (ROOT / file).read_text(encoding="utf-8").rpartition("\nFROM")[2]
    assert needed
    assert needed <= set(last.split())
