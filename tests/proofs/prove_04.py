"""What reading must show: VINs, characters, confidence and bounds on generated letters, written to docs/.

Run: make prove-04, or python -m tests.proofs.prove_04 --n 600 --seed 2026 --write docs/proof-04.md
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from samples.content import Plan
from samples.planning import genuine_plan
from tests.benchmarks.reading_truth import character_errors, errors_by_script, plain, printed_lines
from tests.proofs.harness import JUDGED_ON, ROOT, deliver, known_of, letters_folder, make_letters, show_progress
from tests.proofs.reading_bounds import Extreme, extremes
from verifier.assembly import build_verifier
from verifier.errors import VerifierError
from verifier.evaluation.cache import source_digest
from verifier.evaluation.figures import Rate
from verifier.evaluation.truth import Truth, read_truth
from verifier.examination import Examination, decode_examinations, encode_examinations
from verifier.history import History
from verifier.page import Line
from verifier.pipeline import Verifier
from verifier.recognition.backends import Backend
from verifier.report import Outcome
from verifier.sandbox import Sandbox

APPLICATIONS = 120
"""Of the set of letters that other proofs use, so that it is made once."""
LEAST_DPI = 150
SURE = 0.99
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
TARGETS = {"scan": 0.9995, "bilevel": 0.995, "phone": 0.995}
CHARACTER_TARGETS = {"chinese": 0.01, "latin": 0.01, "latin+": 0.01, "cyrillic": 0.04}
Pair = list[int]


class NoSeals:
    """Stands in for the seal examiner: this proof is about words."""

    def examine(self, *_: object) -> tuple[()]:
        """Return no seals."""
        return ()


@dataclass
class Tally:
    """What was counted; every figure once for tuning, once for what is kept aside."""

    plan_of: Callable[[int], Plan]
    """Plans a genuine letter again by its number, to know all that it prints."""
    vins: dict[tuple[str, bool], list[bool]] = field(default_factory=lambda: defaultdict(list))
    passing: list[bool] = field(default_factory=list)
    wrong_passing: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    characters: dict[tuple[str, bool], Pair] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    words: list[tuple[float, bool]] = field(default_factory=list)
    stored: list[float] = field(default_factory=list)
    letters: int = 0


def main() -> int:
    """Read the letters, count, print and write the figures."""
    arguments = _arguments()
    os.environ["VERIFIER_BACKEND"] = arguments.backend
    folder = letters_folder(1000, arguments.seed, APPLICATIONS)
    make_letters(folder, 1000, arguments.seed, 1, APPLICATIONS)
    tally = tallied(folder, arguments.n, arguments.backend, lambda index: genuine_plan(index, arguments.seed))
    text = _document(arguments, tally, extremes() if arguments.bounds else [])
    deliver(text, arguments.write)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=600)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--backend", default=str(Backend.ONNXRUNTIME_F32), choices=[str(b) for b in Backend])
    parser.add_argument("--no-bounds", dest="bounds", action="store_false")
    parser.add_argument("--write", default="")
    return parser.parse_args()


def tallied(
    folder: Path, n: int, backend: str, plan_of: Callable[[int], Plan], cache: Path = ROOT / ".cache" / "readings"
) -> Tally:
    """Return the counts over about `n` files of a folder, spread evenly; words are kept between runs."""
    by_file: dict[str, list[Truth]] = defaultdict(list)
    for truth in read_truth(folder):
        by_file[truth.file].append(truth)
    alone = [truths[0] for truths in by_file.values() if len(truths) == 1]
    chosen = alone[:: max(1, len(alone) // n)][:n]
    records, registry = known_of(folder)
    tally = Tally(plan_of)
    with Sandbox() as sandbox:
        verifier = replace(build_verifier(registry, sandbox), seals=NoSeals())  # type: ignore[arg-type]
        for done, truth in enumerate(chosen, 1):
            parts = _seen(verifier, folder / truth.file, backend, cache)
            if parts:
                _count(tally, truth, parts, verifier, records)
            show_progress(done, len(chosen))
    return tally


def _seen(verifier: Verifier, path: Path, backend: str, cache: Path) -> tuple[Examination, ...]:
    """Return a file's words as read now or in an earlier run of the same code."""
    document = path.read_bytes()
    name = f"{hashlib.sha256(document).hexdigest()[:32]}-{source_digest()}-{backend.replace(' ', '-')}-words"
    kept = cache / f"{name}.msgpack.z"
    if kept.is_file():
        return decode_examinations(zlib.decompress(kept.read_bytes()))
    try:
        parts = verifier.examine(document)
    except VerifierError:
        return ()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(zlib.compress(encode_examinations(parts)))
    return parts


def _count(tally: Tally, truth: Truth, parts: tuple[Examination, ...], verifier: Verifier, records: Any) -> None:
    tally.letters += 1
    group, wanted = _group(truth), {vehicle.vin for vehicle in truth.fields.vehicles}
    passed: dict[str, bool] = {}
    for part in parts:
        report = verifier.judge(part, records, History(), JUDGED_ON, name=truth.file)
        for check in report.checks:
            if check.id == "vin.reading":
                passed[str((check.subject or {}).get("vin"))] = check.outcome is Outcome.PASS
    read = {vehicle.vin.value for part in parts for vehicle in part.letter.vehicles}
    for vin in wanted:
        tally.vins[group, truth.kept_aside].append(vin in read)
        if vin in passed:  # a paper of another kind is not judged by its VINs
            tally.passing.append(passed[vin])
    tally.missed += [f"{truth.file} {vin}" for vin in sorted(wanted - read)]
    tally.wrong_passing += [f"{truth.file} {vin}" for vin in sorted(set(passed) - wanted) if passed[vin]]
    bare = tuple(replace(part, letter=type(part.letter)(part.letter.kind), findings=()) for part in parts)
    pages = sum(len(part.pages) for part in parts)
    tally.stored.append(len(zlib.compress(encode_examinations(bare))) / pages)
    if truth.genuine and truth.defect is None:
        _count_characters(tally, truth, [page.lines for part in parts for page in part.pages])


def _group(truth: Truth) -> str:
    name, capture = truth.capture.name, truth.capture
    if name.startswith("phone"):
        return "phone"
    if capture.form == "pdf_born":
        return "born-digital"
    if capture.colour == "bilevel":
        return "bilevel"
    return "scan" if capture.dpi >= LEAST_DPI else f"scan under {LEAST_DPI} dpi"


def _count_characters(tally: Tally, truth: Truth, pages: list[tuple[Line, ...]]) -> None:
    index = int(Path(truth.file).name.split("-")[0])
    printed = [line for page in printed_lines(tally.plan_of(index)) for line in page]
    said = "\n".join(line.text for page in pages for line in page)
    for script, (wrong, count) in errors_by_script(printed, said).items():
        pair = tally.characters[script, truth.kept_aside]
        pair[0] += wrong
        pair[1] += count
    shown = plain("\n".join(printed))
    tally.words += [word for page in pages for word in _words(page, shown)]


def _words(lines: Iterable[Line], printed: str) -> Iterable[tuple[float, bool]]:
    """Yield (confidence, right) of every word of two characters and more: what stands between spaces."""
    for line in lines:
        start = 0
        for word in line.text.split(" "):
            stop = start + len(word)
            letters = plain(word)
            if len(letters) > 1:
                wrong, _ = character_errors(letters, printed)
                yield min(line.character_confidences[start:stop]), wrong == 0
            start = stop + 1


# --- writing it down --------------------------------------------------------------------------------------


def _document(arguments: argparse.Namespace, tally: Tally, bounds: list[Extreme]) -> str:
    words = [right for confidence, right in tally.words if confidence >= SURE]
    lines = [
        "# Proof of reading",
        "",
        f"`python -m tests.proofs.prove_04 --n {arguments.n} --seed {arguments.seed} "
        f"--backend '{arguments.backend}'` · {tally.letters} generated letters, spread evenly over the set; files "
        "of two letters are left out. Generated letters are a proxy: read the figures as upper bounds until real scans "
        "come.",
        "",
        "| asked for | target | tuning | kept aside |",
        "|---|---|---|---|",
        *_vin_rows(tally),
        f"| a wrong VIN passing `vin.reading` | 0 | {len(tally.wrong_passing)} of "
        f"{sum(map(len, tally.vins.values()))} VINs read | |",
        f"| VINs that pass `vin.reading` | | {Rate.of(tally.passing)} | |",
        *_character_rows(tally),
        f"| words given ≥{SURE}: right | ≥ 0.99 | {Rate.of(words)} | |",
        f"| stored words, kB a page, compressed: mean, most | ≤ 4 "
        f"| {sum(tally.stored) / len(tally.stored) / 1000:.1f}, {max(tally.stored) / 1000:.1f} | |",
        *(f"| {extreme.name} | ≤ 20 CPU s, ≤ 1536 MB | {extreme.said} | |" for extreme in bounds),
        "",
        "A word's confidence is its least sure character's. How often words of a confidence are right:",
        "",
        "| confidence | words right |",
        "|---|---|",
        *_reliability(tally),
        "",
        "VINs missed: " + (", ".join(tally.missed[:40]) or "none") + ".",
        "",
        "Wrong VINs that passed: " + (", ".join(tally.wrong_passing) or "none") + ".",
        "",
        "Cost beside other engines: [reading-bench.md](reading-bench.md).",
        "",
    ]
    return "\n".join(lines)


def _vin_rows(tally: Tally) -> list[str]:
    groups = sorted({group for group, _ in tally.vins})
    return [
        f"| VINs exact, {group} | {'≥ ' + str(TARGETS[group]) if group in TARGETS else ''} "
        f"| {Rate.of(tally.vins[group, False])} | {Rate.of(tally.vins[group, True])} |"
        for group in groups
    ]


def _character_rows(tally: Tally) -> list[str]:
    rows = []
    for script in sorted({script for script, _ in tally.characters}):
        target = f"≤ {CHARACTER_TARGETS[script]}" if script in CHARACTER_TARGETS else ""
        cells = [tally.characters[script, aside] for aside in (False, True)]
        said = [f"{wrong / count:.4f} ({wrong}/{count})" if count else "" for wrong, count in cells]
        rows.append(f"| character error rate, {script} | {target} | {said[0]} | {said[1]} |")
    return rows


def _reliability(tally: Tally) -> list[str]:
    rows = []
    for low, high in pairwise(BINS):
        rate = Rate.of(right for confidence, right in tally.words if low <= confidence < high)
        rows.append(f"| {low} to {min(high, 1.0)} | {rate} |")
    return rows


if __name__ == "__main__":
    sys.exit(main())
