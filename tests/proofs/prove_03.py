"""What the generator must show: a thousand letters in time, the same bytes again, and how the verifier does on them.

Run: make prove-03, or python -m tests.proofs.prove_03 --n 1000 --seed 2026 --applications 120 --jobs 2 --write docs
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from samples.applications import KINDS, applications
from samples.captures.producers import PRODUCERS
from samples.forgeries import DEFECTS
from samples.forgeries.pairs import PAIRS
from samples.generate import plan_letters, source_digest
from samples.layouts import LAYOUTS
from samples.making import make
from samples.paper.faces import TYPES
from samples.planning import CAPTURES, HOLDOUT
from samples.truth import file_name
from samples.world.makers import MAKERS
from samples.world.places import PLACES
from tests.proofs.harness import evaluated, letters_folder, make_letters
from verifier.evaluation.accuracy import PASSING, REFUSING, whole_report
from verifier.evaluation.pictures import draw_failures

MINUTES = 15
"""A thousand letters on two cores."""
REPEATED_EVERY = 40
"""Every so many letters one is made again and compared."""


@dataclass(frozen=True, slots=True)
class Making:
    """How making went."""

    letters: int
    seconds: float
    repeated: int
    same: int


def main() -> int:
    """Make the letters, repeat some, evaluate, write proof and accuracy report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--applications", type=int, default=120)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", default="")
    arguments = parser.parse_args()
    command = (
        f"python -m tests.proofs.prove_03 --n {arguments.n} --seed {arguments.seed} "
        f"--applications {arguments.applications}"
    )
    folder = letters_folder(arguments.n, arguments.seed, arguments.applications)
    proof = _proof(_made(folder, arguments), command)
    sys.stdout.write(proof)
    if arguments.write:
        (Path(arguments.write) / "proof-03.md").write_text(proof, encoding="utf-8")
    result = evaluated(folder, arguments.jobs)
    report = whole_report(result, command)
    sys.stdout.write(report)
    if arguments.write:
        (Path(arguments.write) / "accuracy.md").write_text(report, encoding="utf-8")
    pictures = draw_failures(result, folder, folder / "failures", (PASSING, REFUSING))
    sys.stderr.write(f"{len(pictures)} pictures of what failed in {folder / 'failures'}\n")
    return 0


def _made(folder: Path, arguments: argparse.Namespace) -> Making:
    """Make the set, or take it as an earlier run made it; return how long it took, and whether it comes out again."""
    note = folder / "making.json"
    if not note.is_file() or json.loads(note.read_text(encoding="utf-8")).get("generator") != source_digest():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.monotonic()
        make_letters(folder, arguments.n, arguments.seed, arguments.jobs, arguments.applications)
        letters = len(list((folder / "letters").iterdir()))
        made = {"letters": letters, "seconds": time.monotonic() - began, "generator": source_digest()}
        note.write_text(json.dumps(made), encoding="utf-8")
    else:
        make_letters(folder, arguments.n, arguments.seed, arguments.jobs, arguments.applications)
    kept = json.loads(note.read_text(encoding="utf-8"))
    again = plan_letters(arguments.n, arguments.seed)[::REPEATED_EVERY]
    same = sum(make(plan).document == (folder / file_name(plan)).read_bytes() for plan in again)
    return Making(kept["letters"], kept["seconds"], len(again), same)


def _proof(making: Making, command: str) -> str:
    defects = len(DEFECTS) + len(PAIRS)
    rows = [
        (
            f"letters made in ≤ {MINUTES} minutes on two cores",
            "≥ 1000",
            f"{making.letters} in {making.seconds / 60:.1f} min",
        ),
        ("letters made again, same bytes", "all", f"{making.same} of {making.repeated}"),
        ("layouts", "≥ 14", f"{len(LAYOUTS)}, {len(HOLDOUT['layouts'])} kept aside"),
        (
            "typefaces, simplified Chinese",
            "≥ 8",
            f"{len({t.chinese.path for t in TYPES.values()})}, {len(HOLDOUT['types'])} settings kept aside",
        ),
        ("makers", "≥ 30", f"{len(MAKERS)}, {len(HOLDOUT['makers'])} kept aside"),
        ("countries", "≥ 40", f"{len(PLACES)}"),
        ("captures", "", f"{len(CAPTURES)}, {len(HOLDOUT['captures'])} kept aside"),
        ("kinds of forgery", "≥ 35", f"{defects}, {len(HOLDOUT['defects'])} kept aside"),
        ("producers of born-digital PDFs", "≥ 4", ", ".join(PRODUCERS)),
        ("kinds of application", "", f"{len(KINDS)}, {len(applications(len(KINDS), 1))} of one round"),
    ]
    lines = ["# Proof of the generator", "", f"`{command}`", "", "| asked for | target | measured |", "|---|---|---|"]
    lines += [f"| {name} | {target} | {value} |" for name, target, value in rows]
    lines += [
        "",
        "Contact sheets, without what is kept aside: [layouts](contact/layouts.jpg), [captures](contact/captures.jpg), "
        "[forgeries](contact/forgeries.jpg).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
