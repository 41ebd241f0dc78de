"""What "one character" must show, on typefaces, names and look-alike pairs kept aside; written to docs/.

Run: make prove-07, or python -m tests.proofs.prove_07 --minutes 10 --write docs/proof-07.md
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from tests.benchmarks.seals_bench import Trial, trials
from verifier.evaluation.figures import Rate

FINE, COARSE = ("200", "300"), ("150", "phone")
FREE, PRINTED = ("clean", "signature"), ("inner", "print")
FIRST_SEED = 700_000


def measured(n: int, part: str, first: int = FIRST_SEED) -> list[Trial]:
    """Return `n` makers' genuine and forged seals; every third at 150 dpi or by phone, the others at 200 and 300."""
    return [trial for number in range(n) for trial in one_maker(number, part, first)]


def one_maker(number: int, part: str, first: int = FIRST_SEED) -> list[Trial]:
    """Return the trials of the maker of this number."""
    captures = COARSE if number % 3 == 2 else FINE
    return list(trials(first + number - number // 3, part=part, captures=captures, kinds=("same", "alike")))


def within(minutes: float) -> dict[str, list[Trial]]:
    """Return as many makers' trials as that many minutes of wall time allow: four kept aside to one for tuning."""
    done: dict[str, list[Trial]] = {"kept aside": [], "tuning": []}
    until = time.monotonic() + 60 * minutes
    for number in itertools.count():
        if time.monotonic() > until:
            return done
        part, place = ("tuning", number // 5) if number % 5 == 4 else ("aside", number - number // 5)
        done["tuning" if part == "tuning" else "kept aside"] += one_maker(place, part)
    raise AssertionError("counting ends with time")


def figures(done: list[Trial]) -> list[tuple[str, str, Rate]]:
    """Return (what was asked for, target, what was measured)."""
    return [
        ("one look-alike character accepted, ≥200 dpi", "≤ 0.005", _accepted(done, "alike", FINE)),
        ("genuine passes, ≥200 dpi, clean or under a signature", "≥ 0.97", _accepted(done, "same", FINE, FREE)),
        ("genuine passes, ≥200 dpi, print over the arc", "≥ 0.90", _accepted(done, "same", FINE, PRINTED)),
        ("genuine passes, ≥200 dpi, worn and faded", "—", _accepted(done, "same", FINE, ("faded",))),
        ("one look-alike character accepted, 150 dpi and phone", "≤ 0.005", _accepted(done, "alike", COARSE)),
        ("genuine passes, 150 dpi and phone", "≥ 0.70", _accepted(done, "same", COARSE)),
        ("arc text exact, ≥200 dpi, clean", "≥ 0.97", _read(done, ("clean",))),
        ("arc text exact, ≥200 dpi, signature or print", "≥ 0.88", _read(done, ("signature", *PRINTED))),
        ("arc text exact, ≥200 dpi, faded", "≥ 0.80", _read(done, ("faded",))),
        ("let through by the comparison alone, ≥200 dpi", "—", _matching(done, "alike", FINE)),
        ("let through by the reading alone, ≥200 dpi", "—", _reading(done)),
    ]


def _of(done: Iterable[Trial], kind: str, captures: tuple[str, ...], overs: tuple[str, ...] = ()) -> list[Trial]:
    return [t for t in done if t.kind == kind and t.capture in captures and (not overs or t.over in overs)]


def _accepted(done: list[Trial], kind: str, captures: tuple[str, ...], overs: tuple[str, ...] = ()) -> Rate:
    return Rate.of(t.accepted for t in _of(done, kind, captures, overs))


def _matching(done: list[Trial], kind: str, captures: tuple[str, ...]) -> Rate:
    return Rate.of(t.matches for t in _of(done, kind, captures))


def _reading(done: list[Trial]) -> Rate:
    return Rate.of(t.reads_name for t in _of(done, "alike", FINE))


def _read(done: list[Trial], overs: tuple[str, ...]) -> Rate:
    both = _of(done, "same", FINE, overs) + _of(done, "alike", FINE, overs)
    return Rate.of(t.text == t.stamped for t in both)


def reasons(done: list[Trial]) -> list[str]:
    """Return what kept genuine seals from passing, most frequent first."""
    kept = [t for t in _of(done, "same", FINE + COARSE) if not t.accepted]
    found = [t.reason if not t.matches else ("text" if not t.reads_name else "kind") for t in kept]
    names = sorted(set(found), key=lambda name: -found.count(name))
    total = len(_of(done, "same", FINE + COARSE))
    return [f"| {name} | {Rate(found.count(name), total)} |" for name in names]


def document(command: str, parts: dict[str, list[Trial]]) -> str:
    """Return the proof as Markdown."""
    columns = {name: figures(done) for name, done in parts.items()}
    rows = [
        f"| {asked} | {target} | " + " | ".join(str(columns[name][i][2]) for name in columns) + " |"
        for i, (asked, target, _) in enumerate(next(iter(columns.values())))
    ]
    seconds = [t.seconds for done in parts.values() for t in done]
    return "\n".join(
        [
            "# Proof of “one character”",
            "",
            f"`{command}` · generated seals; read the figures as upper bounds until real scans come. “Kept aside” are "
            "typefaces, names and look-alike pairs that nothing was trained or tuned on; no look-alike pair of either "
            "part was ever trained on. “Passes” and “accepted” mean that seal.kind, seal.specimen and seal.text pass.",
            "",
            f"| figure | asked for | {' | '.join(columns)} |",
            "|---|---|" + "---|" * len(columns),
            *rows,
            "",
            f"CPU a seal, found, compared and read: mean {1000 * np.mean(seconds):.0f} ms, "
            f"95 % under {1000 * np.percentile(seconds, 95):.0f} ms.",
            "",
            "What keeps genuine seals from passing, all captures:",
            "",
            "| reason | seals |",
            "|---|---|",
            *reasons([t for done in parts.values() for t in done]),
            "",
        ]
    )


def main() -> int:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write", default="")
    given = parser.parse_args()
    text = document(f"python -m tests.proofs.prove_07 --minutes {given.minutes:g}", within(given.minutes))
    sys.stdout.write(text)
    if given.write:
        Path(given.write).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
