"""Changes the rules, formats, matching and report one expression at a time: which changes do the unit tests notice?

Run: make mutation, or MUTATION="--sample 0" make mutation for all. Started again it goes on; mutants of
functions that did not change since are not tried again. mutmut makes and tries the mutants (pyproject.toml).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.evaluation.figures import Rate

MUTANTS = Path("mutants")
AT_ONCE = 500
"""Mutants named in one call of mutmut: an argument list has an end, and each call costs a run of the clean tests."""
KILLED, SURVIVED, UNTRIED = "killed", "survived", "untried"
ANSWERS = {None: UNTRIED, 0: SURVIVED, 5: SURVIVED, 33: SURVIVED}
"""mutmut's exit codes: none yet, tests passed, no test collected, no test reaches it. All others are a test's."""
ASKED = 0.85


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed expression: mutmut's name of it, the module, and whether a test failed."""

    name: str
    module: str
    answer: str


def main() -> int:
    """Try mutants, all or a sample; print and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="how many, drawn by seed; 0: all")
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--again", action="store_true", help="try those again that no test noticed before")
    parser.add_argument("--report-only", action="store_true", help="from what was tried before")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    if not arguments.report_only:
        names = [mutant.name for mutant in _found()] if arguments.sample else []
        if arguments.sample and not names:  # one cheap mutant, so that all are made
            _run(["verifier.report.x_conclude__mutmut_1"])
        _try(arguments.sample, arguments.seed, {UNTRIED, SURVIVED} if arguments.again else {UNTRIED})
    tried = chosen(_found(), arguments.sample, arguments.seed)
    text = document(tried, arguments.sample, arguments.seed, {m.name: _change(m.name) for m in survivors(tried)})
    sys.stdout.write(text)
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")
    return 0


def _try(sample: int, seed: int, which: set[str]) -> None:
    if not sample:
        _run([])
    for wanted in (which, {UNTRIED}):  # where tests changed, mutmut forgets answers as it begins
        left = [mutant.name for mutant in chosen(_found(), sample, seed) if mutant.answer in wanted]
        for start in range(0, len(left), AT_ONCE):
            sys.stderr.write(f"{start} / {len(left)} mutants tried\n")
            _run(left[start : start + AT_ONCE])


def _run(names: Sequence[str]) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    subprocess.run(command, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"})


def _found() -> list[Mutant]:
    """Return every mutant that mutmut made, in the order of their names."""
    found = []
    for meta in MUTANTS.rglob("*.meta"):
        module = meta.relative_to(MUTANTS).as_posix().removesuffix(".meta")
        codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        found += [Mutant(name, module, ANSWERS.get(code, KILLED)) for name, code in codes.items()]
    return sorted(found, key=lambda mutant: mutant.name)


def chosen(mutants: Sequence[Mutant], sample: int, seed: int) -> list[Mutant]:
    """Return `sample` of the mutants, drawn by seed; all where it is 0."""
    if not sample or sample >= len(mutants):
        return list(mutants)
    return sorted(random.Random(seed).sample(list(mutants), sample), key=lambda mutant: mutant.name)


def survivors(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Yield the mutants that no test noticed."""
    return (mutant for mutant in mutants if mutant.answer == SURVIVED)


def _change(name: str) -> str:
    """Return the changed line of a mutant as it is and as it was."""
    from mutmut.__main__ import get_diff_for_mutant  # of the tools' own environment

    lines: list[str] = []
    with contextlib.suppress(Exception):  # a name that the installed mutmut cannot show is listed without its change
        lines = get_diff_for_mutant(name).splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return " → ".join(" ".join(line[1:].split()) for line in changed[:2]).replace("|", "\\|")


# --- writing it down --------------------------------------------------------------------------------------


def document(mutants: Sequence[Mutant], sample: int, seed: int, changes: dict[str, str]) -> str:
    """Return the report as Markdown."""
    drawn = f"{len(mutants)} mutants drawn with seed {seed}" if sample else f"all {len(mutants)} mutants"
    modules = sorted({mutant.module for mutant in mutants})
    lines = [
        "# Mutation testing",
        "",
        f"`make mutation` changes one expression at a time in `verifier/rules`, `verifier/formats`, "
        f"`verifier/match.py` and `verifier/report.py` and runs the unit tests that reach the changed function "
        f"(mutmut, settings in `pyproject.toml`): {drawn}. Asked: {ASKED:.0%} noticed. Functions with a cache or "
        "another decorator, and constants of a module, are not changed.",
        "",
        "| module | noticed by a test |",
        "|---|---|",
        *(f"| {module} | {_rate(m for m in mutants if m.module == module)} |" for module in modules),
        f"| **all** | **{_rate(mutants)}** |",
        "",
        "Not noticed (some change nothing that can be seen: another default of `dict.get` where both are falsy, a "
        "bound that no value meets, a text that only a person reads):",
        "",
        *(f"- `{m.name.removeprefix('verifier.')}`: `{changes.get(m.name, '')}`" for m in survivors(mutants)),
        "",
    ]
    return "\n".join(lines)


def _rate(mutants: Iterable[Mutant]) -> Rate:
    return Rate.of(mutant.answer == KILLED for mutant in mutants if mutant.answer != UNTRIED)


if __name__ == "__main__":
    sys.exit(main())
