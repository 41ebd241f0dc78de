"""A disk that is full or cannot be written: a message with advice, nothing half written, and on it goes afterwards."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faulty.disks import CANNOT_MOUNT, run_on

pytestmark = pytest.mark.integration
SAMPLES = Path(__file__).parents[2] / "samples"


def told(ended: subprocess.CompletedProcess[str]) -> str:
    """Return what a command said on stderr; it must have ended by itself, without a traceback."""
    if ended.returncode == CANNOT_MOUNT:
        pytest.skip("this system lets nobody mount a disk of its own")
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr


@pytest.mark.parametrize("disk", [{"size": "64k", "filled": 60_000}, {"read_only": True}], ids=["full", "read-only"])
def test_a_store_that_cannot_be_written_is_named(tmp_path, disk):
    home = tmp_path / "home"
    home.mkdir()
    records = SAMPLES / "records.csv"
    ended = run_on(home, "-m", "verifier", "records", "import", records, VERIFIER_HOME=str(home), **disk)
    said = told(ended)
    assert ended.returncode == 4
    assert "the database could not be used" in said
    assert "check the disk" in said


def test_doctor_names_a_store_that_cannot_be_written(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    ended = run_on(home, "-m", "verifier", "doctor", read_only=True, VERIFIER_HOME=str(home))
    told(ended)
    assert ended.returncode == 2
    assert "× database" in ended.stdout
    assert "sandbox         denied: open, socket, exec, fork, write, ptrace" in ended.stdout


_UPLOAD = """
import sys
from pathlib import Path
from tests.service.office import Office
from tests.service.recorded import letter
from verifier.errors import StoreError
from verifier.store.database import Database
home = Path(sys.argv[1])
office = Office(Database(f"sqlite:///{home}/v.sqlite3", blobs=home / "blobs"))
first = office.hand_in(letter("one")).document_ids[0]
office.work()
ballast = home / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(4096))
    except OSError:
        pass
try:
    office.hand_in(letter("two") + bytes(200_000))
except StoreError as error:
    print("refused:", error.detail, "|", error.retryable)
ballast.unlink()
second = office.hand_in(letter("two") + bytes(200_000)).document_ids[0]
office.work()
print(office.upload(first).verdict, office.upload(second).verdict)
print(sorted(path.name for path in (home / "blobs" / "incoming").iterdir()))
"""


def test_an_upload_to_a_full_disk_is_refused_and_goes_in_once_there_is_room(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    ended = run_on(home, "-c", _UPLOAD, home, size="6m")
    told(ended)
    refused, verdicts, left = ended.stdout.splitlines()
    assert refused.startswith("refused: ")
    assert refused.endswith("| True")
    assert verdicts == "flagged flagged"
    assert left == "[]"


_RESULTS = """
import sys
from pathlib import Path
from verifier.batch.run import whole_file
from verifier.errors import ProcessingError
out = Path(sys.argv[1]) / "results.jsonl"
out.write_bytes(b"earlier")
try:
    with whole_file(out) as file:
        file.write(bytes(10_000_000))
except ProcessingError as error:
    print(error.detail)
print(out.read_bytes())
"""


def test_results_that_do_not_fit_leave_the_earlier_ones(tmp_path):
    ended = run_on(tmp_path, "-c", _RESULTS, tmp_path, size="1m")
    told(ended)
    assert "cannot be written: No space left on device" in ended.stdout
    assert "b'earlier'" in ended.stdout


_SPOOL = """
import sys
from pathlib import Path
from verifier.cli import main
sys.argv = ["verifier", "batch", sys.argv[1], "--out", sys.argv[2], "--jobs", "1"]
main()
"""


def test_a_batch_whose_home_is_full_says_so(tmp_path):
    home, letters = tmp_path / "home", tmp_path / "letters"
    home.mkdir()
    letters.mkdir()
    (letters / "empty.pdf").write_bytes(b"")
    out = tmp_path / "results.jsonl"
    ended = run_on(home, "-c", _SPOOL, letters, out, size="64k", filled=60_000, VERIFIER_HOME=str(home))
    assert "the database could not be used" in told(ended)
    assert ended.returncode == 4
    assert not out.exists()
