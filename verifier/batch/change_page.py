"""The page that says what changed: counts, charts drawn as plain SVG, and a list. One file, nothing loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from verifier.batch.changes import Change

BARS = 12
"""Most bars of a chart; the rest are summed up."""
BAR_WIDTH, BAR_HEIGHT, LABEL_WIDTH = 420, 22, 300


class Counts(Protocol):
    """What the page shows."""

    documents: int
    changed: int
    decided: int
    turns: Counter[str]
    causes: Counter[str]
    checks: Counter[str]
    makers: Counter[str]
    shown: list[Change]


_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 70rem; color: #222 }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } td, th { border-bottom: 1px solid #ddd; padding: .3rem .5rem;
text-align: left; vertical-align: top } svg text { font: 13px system-ui, "Noto Sans CJK SC", sans-serif }
"""


def page_of(counts: Counts) -> str:
    """Return the page as HTML."""
    charts = (
        ("Verdicts / 结论变化", counts.turns),
        ("Why / 原因", counts.causes),
        ("Checks / 检查项", counts.checks),
        ("Makers / 生产企业", counts.makers),
    )
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>What changed</title>",
        f"<style>{_STYLE}</style><h1>What changed / 复核变化</h1>",
        f"<p>{counts.documents:,} judged again, {counts.changed:,} changed; an official's decision stands on "
        f"{counts.decided:,} of them and is not touched.</p>",
        *(f"<h2>{escape(title)}</h2>{chart(counted)}" for title, counted in charts if counted),
        *_list(counts.shown, counts.changed),
        "</html>",
    ]
    return "\n".join(parts)


def chart(counted: Counter[str]) -> str:
    """Return a bar chart, largest first, as SVG."""
    bars: list[tuple[str, int]] = [(str(name), number) for name, number in counted.most_common(BARS)]
    rest = counted.total() - sum(number for _, number in bars)
    if rest:
        bars.append((f"{len(counted) - BARS} others", rest))
    longest = max(number for _, number in bars)
    height = len(bars) * BAR_HEIGHT
    drawn = "".join(_bar(place, name, number, longest) for place, (name, number) in enumerate(bars))
    return f"<svg role='img' width='{LABEL_WIDTH + BAR_WIDTH + 90}' height='{height}'>{drawn}</svg>"


def _bar(place: int, name: str, number: int, longest: int) -> str:
    y, width = place * BAR_HEIGHT, max(1, round(BAR_WIDTH * number / longest))
    return (
        f"<text x='{LABEL_WIDTH - 8}' y='{y + 15}' text-anchor='end'>{escape(name)}</text>"
        f"<rect x='{LABEL_WIDTH}' y='{y + 3}' width='{width}' height='{BAR_HEIGHT - 6}' fill='#3b6ea8'/>"
        f"<text x='{LABEL_WIDTH + width + 6}' y='{y + 15}'>{number:,}</text>"
    )


def _list(shown: Sequence[Change], changed: int) -> Iterator[str]:
    if not shown:
        return
    yield f"<h2>Documents</h2><p>{len(shown):,} of {changed:,}; the tables beside this page have all.</p><table>"
    yield "<tr><th>document</th><th>application</th><th>verdict</th><th>why</th><th>checks</th></tr>"
    for change in shown:
        checks = "<br>".join(
            escape(f"{row.id} {row.subject}: {row.before or '—'} → {row.now or '—'} {row.reason}")
            for row in change.checks
        )
        verdict = escape(change.turns) + (f"<br>decision stands: {escape(change.decision)}" if change.decision else "")
        cells = (
            escape(change.document),
            escape(change.application),
            verdict,
            escape(", ".join(change.because)),
            checks,
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"
