"""The bench as Markdown: what a page costs, what comes out, how our cost grows."""

from __future__ import annotations

import math
import platform
import statistics
from collections.abc import Sequence

from tests.benchmarks import growth
from tests.benchmarks.growth import Series
from tests.benchmarks.measured_letters import DENSE_PX, FIGURES, OURS, UNSEALED, Bench
from verifier.recognition.backends import best_backend
from verifier.settings import chosen_backend


def document(asked: str, bench: Bench, series: Sequence[Series]) -> str:
    """Return the report as Markdown."""
    pages = sum(letter.pages for letter in bench.letters)
    dense = sum(letter.pages for letter in bench.letters if bench.is_dense(letter))
    genuine = sum(truth.genuine for truth, _ in bench.claims(OURS))
    lines = [
        "# Beside what one would pick instead",
        "",
        f"`python -m tests.benchmarks.bench {asked}` (`make bench`) · {len(bench.letters)} generated letters, "
        f"{pages} pages, scanned or photographed in colour, {genuine} letters genuine; ours on "
        f"{chosen_backend() or best_backend()}, {platform.machine()}, Python {platform.python_version()}. Every "
        "program has a process of its own and one thread; letters go to all of them in turn, "
        f"{len(bench.repeats)} times, every other time the last program first. CPU is that of the whole process tree; "
        "loading and the first letters are not counted; wall times depend on what else the machine does. Generated "
        "letters are a proxy: read the figures as upper bounds until real scans come, and measure your own with "
        "`verifier evaluate` ([evaluating.md](evaluating.md)).",
        "",
        "![Cost, figures, growth](bench.svg)",
        "",
        "## Cost",
        "",
        "| program | CPU s a page | of it, seal step | wall s a page | peak PSS, MB | CPU ÷ ours "
        f"| CPU ÷ ours, dense ({dense} pages) |",
        "|---|---|---|---|---|---|---|",
        *(_cost_row(bench, name) for name in bench.programs),
        "",
        "Mean over the repeats; in brackets the least and the most of them. A dense page has at least "
        f"{DENSE_PX:,} px of text line at a height of 48. Ours does everything: sandbox, reading, a second reader, "
        "extraction, seals character by character, traces of tampering, the notice's rules.",
        "",
        "## What comes out",
        "",
        "| figure | " + " | ".join(bench.programs) + " |",
        "|---|" + "---|" * len(bench.programs),
        *(
            f"| {figure} | " + " | ".join(str(bench.rate(name, figure)) for name in bench.programs) + " |"
            for figure in (*FIGURES, *UNSEALED)
        ),
        "",
        "A script reads a letter's text with its engine (`tests/benchmarks/scripts.py`): VINs are 17 characters, the "
        "country is the longest of Babel's Chinese and English names in the text, the date the last one in figures "
        "(not in Chinese numerals, not with a month's name), numbers and phones what looks like them. It accepts "
        "where every VIN is on record with that country and the date is not after receipt, and where "
        "`cv2.matchTemplate` finds an impression of the maker that the text names; *seal apart* leaves that last step "
        "out. *Genuine accepted* counts letters that nobody should have to look at. Accepting a forged letter is the "
        "worst that can happen.",
        "",
    ]
    if "ocrmypdf" not in bench.programs:
        lines += [
            "ocrmypdf was not installed, so it is not in the table: `pip install ocrmypdf` into any environment and "
            "set `OCRMYPDF` to its program, or `apt-get install ocrmypdf`. It is compared with, not built in.",
            "",
        ]
    return "\n".join([*lines, *(growth.section(series) if series else [])])


def _cost_row(bench: Bench, name: str) -> str:
    cells = [_spread(bench.per_page(name))]
    cells.append("" if name == OURS else f"{statistics.fmean(bench.per_page(name, 'seal_seconds')):.2f}")
    cells += [_spread(bench.per_page(name, "wall_seconds")), f"{bench.peak_mb(name):.0f}"]
    cells += [_spread(bench.ratio(name)), _spread(bench.ratio(name, dense=True))] if name != OURS else ["", ""]
    return f"| {name} | {' | '.join(cells)} |"


def _spread(figures: Sequence[float]) -> str:
    if math.isnan(figures[0]):
        return "none"
    return f"{statistics.fmean(figures):.2f} ({min(figures):.2f}–{max(figures):.2f})"
