"""What proofs share: letters by seed, the office's tables beside them, readings kept between runs."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from verifier.evaluation.run import Evaluation, evaluate
from verifier.inputs import read_lists, read_records, read_specimens, with_versions
from verifier.record import Records, Registry

ROOT = Path(__file__).parents[2]
JUDGED_ON = date(2026, 6, 1)


def letters_folder(n: int, seed: int, applications: int = 0) -> Path:
    """Return the folder in which a set of letters is kept."""
    return ROOT / ".cache" / "letters" / "-".join(str(part) for part in (seed, n, applications) if part)


def make_letters(folder: Path, n: int, seed: int, jobs: int, applications: int = 0) -> None:
    """Generate letters with their truth into a folder; those that this generator made before stay."""
    command = [sys.executable, "-m", "samples.generate", "--n", n, "--seed", seed, "--out", folder, "--jobs", jobs]
    if applications:
        command += ["--applications", applications]
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def known_of(folder: Path) -> tuple[Records, Registry]:
    """Return the records and registry beside generated letters."""
    makers, specimens = read_specimens(folder / "specimens.csv")
    lists = read_lists(folder / "lists")
    registry = Registry(makers, specimens, lists.makers, lists.announcements, lists.ccc)
    return read_records(folder / "records.csv"), with_versions(registry)


def evaluated(folder: Path, jobs: int) -> Evaluation:
    """Return how the verifier does on a folder of generated letters."""
    records, registry = known_of(folder)
    cache = ROOT / ".cache" / "readings"
    return evaluate(folder, records, registry, JUDGED_ON, cache=cache, jobs=jobs, progress=show_progress)


def deliver(text: str, where: str | Path = "") -> None:
    """Print a proof, and write it to a file where one is named."""
    sys.stdout.write(text)
    if where:
        Path(where).write_text(text, encoding="utf-8")


def show_progress(done: int, total: int) -> None:
    """Write how far a proof is to stderr."""
    if sys.stderr.isatty() or done == total:
        sys.stderr.write(f"\r{done} / {total} letters")
