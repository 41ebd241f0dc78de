"""Makes letters with their truth: python -m samples.generate --n 200 --seed 7 --out FOLDER [--jobs 2] [--part all].

The same arguments give the same bytes. A run that was stopped goes on where it was when started again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from samples.applications import Case, applications, case_truth
from samples.content import Plan
from samples.forgeries import DEFECTS, RESTS_ON
from samples.forgeries.pairs import PAIRS, pair_of
from samples.layouts import UNSTATED
from samples.making import make, sheets_of
from samples.planning import CAPTURES, HOLDOUT, careful_plan, genuine_plan
from samples.truth import file_name, truth_of, write_lines, write_tables
from samples.world.maker import Maker
from samples.world.makers import MAKERS

GENUINE_SHARE = 0.5
"""Half of the letters are genuine: straight-through rate and refusals are measured on as many."""
JOINED_SHARE = 0.04
"""Some exporters upload two letters as one file."""
NOTES = ".made"
"""Folder of a set in which the truth of each finished letter waits until all are made."""


def main() -> int:
    """Write a folder of letters, their truth, and the tables that an office would have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--part", choices=["all", "tuning", "kept_aside"], default="all")
    parser.add_argument("--applications", type=int, default=0, help="further sets of letters, each one application's")
    arguments = parser.parse_args()
    plans = plan_letters(arguments.n, arguments.seed, arguments.part)
    cases = applications(arguments.applications, arguments.seed, arguments.part)
    write_set(plans, arguments.out, arguments.jobs, cases)
    return 0


def plan_letters(n: int, seed: int, part: str = "all", wanted: Callable[[Plan], bool] | None = None) -> list[Plan]:
    """Return `n` plans (one more where the last is half of a pair), genuine and defective in turn.

    Letters that are not `wanted`, and pairs of which one is not, are passed over.
    """
    plans: list[Plan] = []
    index = 0
    while len(plans) < n:
        letters = _letters_at(index, seed, part)
        if wanted is None or all(map(wanted, letters)):
            plans += [plan for plan in letters if part != "kept_aside" or plan.kept_aside]
        index += 2
    return [fitted(plan) for plan in plans]


def chosen_letters(genuine: int, defects: Sequence[str], seed: int) -> list[Plan]:
    """Return genuine letters and one of each named defect (two of a pair), of the tuning part, carefully scanned."""
    plans = [careful_plan(2 * number, seed) for number in range(genuine)]
    for number, name in enumerate(defects):
        index = 1000 + 2 * number
        first, rng = careful_plan(index, seed), np.random.default_rng([seed, index, 1])
        plans += with_defect(name, first, careful_plan(index + 1, seed), rng)
    return [fitted(plan) for plan in plans]


def fitted(plan: Plan) -> Plan:
    """Return the plan with a capture that holds all its pages: several do not fit one JPEG or PNG."""
    several = len(sheets_of(plan).pages) > 1 and plan.capture.form in ("jpg", "png")
    return replace(plan, capture=replace(plan.capture, form="pdf_scan")) if several else plan


def _letters_at(index: int, seed: int, part: str) -> list[Plan]:
    """Return the letter, or the pair of letters, that belongs to an index."""
    rng = np.random.default_rng([seed, index, 1])
    if rng.random() < GENUINE_SHARE:
        plan = genuine_plan(index, seed, part=part)
        return [_with_another(plan, part) if rng.random() < JOINED_SHARE else plan]
    plan = genuine_plan(index, seed, part=part, one_country=True)
    names = [name for name in (*DEFECTS, *PAIRS) if part != "tuning" or name not in HOLDOUT["defects"]]
    name = str(rng.choice(names))
    return with_defect(name, plan, genuine_plan(index + 1, seed, part=part, one_country=True), rng)


def with_defect(name: str, plan: Plan, second: Plan, rng: np.random.Generator) -> list[Plan]:
    """Return the plan with a defect planted, or both letters of a pair."""
    if name in PAIRS:
        return pair_of(name, plan, second, rng)
    plant, must_trip = DEFECTS[name]
    if RESTS_ON.get(name) in UNSTATED.get(plan.layout, ()):
        plan = replace(plan, layout="ruled_table")
    aside = plan.kept_aside or name in HOLDOUT["defects"]
    return [replace(plant(plan, rng), defect=name, must_trip=must_trip, kept_aside=aside)]


def _with_another(plan: Plan, part: str) -> Plan:
    """Return the plan with a second letter of another application in the same file."""
    scan = CAPTURES["pdf_scan_300"]
    other = genuine_plan(plan.index + 1, plan.seed, part=part)
    other = replace(other, capture=scan, capture_name="pdf_scan_300", kept_aside=plan.kept_aside or other.kept_aside)
    first = replace(plan, capture=scan, capture_name="pdf_scan_300", kept_aside=other.kept_aside)
    return replace(first, joined=other)


# --- writing ----------------------------------------------------------------------------------------------


def write_set(
    plans: Sequence[Plan], out: Path, jobs: int, cases: Sequence[Case] = (), makers: Sequence[Maker] = MAKERS
) -> None:
    """Write letters, truth and tables; `makers` have registered seals. Letters that this code made before are kept."""
    everything = [*plans, *(fitted(plan) for case in cases for plan in case.plans)]
    (out / "letters").mkdir(parents=True, exist_ok=True)
    (out / NOTES).mkdir(exist_ok=True)
    truths: list[dict[str, Any]] = []
    with ProcessPoolExecutor(jobs) as pool:
        work = pool.map(partial(_write, out, source_digest()), everything, chunksize=4)
        for done, truth in enumerate(work, 1):
            truths += truth
            if sys.stderr.isatty() or done == len(everything):
                sys.stderr.write(f"\r{done} / {len(everything)} letters made")
    sys.stderr.write("\n")
    write_lines(out / "truth.jsonl", truths)
    seconds = [plan.joined for plan in everything if plan.joined]
    write_tables([*everything, *seconds, *(plan for case in cases for plan in case.unwritten)], out, makers)
    if cases:
        write_lines(out / "applications.jsonl", [case_truth(case) for case in cases])


def source_digest() -> str:
    """Return a digest of the generator: letters of another one are made again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _write(out: Path, version: str, plan: Plan) -> list[dict[str, Any]]:
    """Write a letter unless it is there, and return the truth of each document in it."""
    note = out / NOTES / f"{Path(file_name(plan)).stem}.json"
    if note.is_file() and (out / file_name(plan)).is_file():
        kept: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        if kept["version"] == version:
            return list(kept["truths"])
    made = make(plan)
    truths = [truth_of(plan, made)]
    if plan.joined and made.joined:
        truths.append({**truth_of(plan.joined, made.joined), "file": file_name(plan), "part": 2})
    (out / file_name(plan)).write_bytes(made.document)
    unfinished = note.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps({"version": version, "truths": truths}, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(note)
    return truths


if __name__ == "__main__":
    sys.exit(main())
