"""Error curves of the comparator: `python -m tests.benchmarks.seals_curves trials.csv --write docs/seal-curves.md`.

Reads what `seals_bench --out trials.csv` kept, one row a seal: the logit of its least like readable character.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from verifier.evaluation.figures import Rate

LOGITS = (-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 2.0)
GROUPS = {
    "≥200 dpi, clean or signature": (("200", "300"), ("clean", "signature")),
    "≥200 dpi, print": (("200", "300"), ("inner", "print")),
    "≥200 dpi, faded": (("200", "300"), ("faded",)),
    "150 dpi and phone": (("150", "phone"), ("clean", "signature", "inner", "print", "faded")),
}
Row = dict[str, str]


def curves(rows: list[Row], part: str) -> Iterator[str]:
    """Yield, as Markdown, what each limit on the logit would pass of genuine and of forged seals."""
    for title, (captures, overs) in GROUPS.items():
        group = [
            r for r in rows if r["part"] == part and r["capture"] in captures and r["over"] in overs and r["logit"]
        ]
        if not group:
            continue
        yield f"\n**{part}: {title}**\n\n| same below | genuine | one look-alike | carved again |\n|---|---|---|---|"
        for limit in LOGITS:
            rates = [Rate.of(float(r["logit"]) < limit for r in group if r["kind"] == k) for k in _KINDS]
            yield f"| {limit:+.0f} | " + " | ".join(map(str, rates)) + " |"


_KINDS = ("same", "alike", "recarved")


def main() -> None:
    """Read the rows, print and write the curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=Path, nargs="+")
    parser.add_argument("--write", default="")
    given = parser.parse_args()
    rows = [row for path in given.trials for row in csv.DictReader(path.open(encoding="utf-8"))]
    lines = [
        "# What the comparator would pass at other limits",
        "",
        "`make bench-seals`, then `python -m tests.benchmarks.seals_curves`. A seal counts as passed where its least "
        "like readable character stays below the limit; template, outlier, whole seal and arc text come on top. "
        "Generated seals.",
        *(line for part in ("tuning", "aside") for line in curves(rows, part)),
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    if given.write:
        Path(given.write).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
