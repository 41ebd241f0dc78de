"""The bench as a picture: cost, figures, growth."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # the backend is chosen first
from matplotlib.axes import Axes

from tests.benchmarks.growth import Series
from tests.benchmarks.measured_letters import Bench

COLOURS = ("#1f3a5f", "#6c8ebf", "#9db8d9", "#c9a227", "#8c6d1f")
WIDE = 10
"""Times the first point from which a curve is drawn over a logarithmic scale."""
SHOWN = ("VIN exact", "country", "date", "phone", "genuine accepted", "forged accepted")


def plot(bench: Bench, series: Sequence[Series], path: Path) -> None:
    """Write cost a page and figures by program, and below them a panel for everything that cost grows with."""
    pyplot.rcParams["svg.hashsalt"] = "bench"
    curves = [one for one in series if one.points]
    rows = 1 + (len(curves) + 2) // 3
    figure = pyplot.figure(figsize=(10, 3.4 * rows), layout="constrained")
    grid = figure.add_gridspec(rows, 3)
    _costs(figure.add_subplot(grid[0, 0]), bench)
    _figures(figure.add_subplot(grid[0, 1:]), bench)
    for number, one in enumerate(curves):
        _curve(figure.add_subplot(grid[1 + number // 3, number % 3]), one)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def _costs(axes: Axes, bench: Bench) -> None:
    for place, name in enumerate(bench.programs):
        taken = bench.per_page(name)
        mean = statistics.fmean(taken)
        spread = [[mean - min(taken)], [max(taken) - mean]]
        bars = axes.barh([place], [mean], 0.6, color=COLOURS[place % len(COLOURS)], xerr=spread)
        axes.bar_label(bars, fmt="%.2f", padding=4, fontsize=7)
    axes.set_yticks(range(len(bench.programs)), bench.programs, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("CPU seconds a page, one thread, everything included", fontsize=8)
    axes.margins(x=0.2)
    axes.spines[["top", "right"]].set_visible(False)


def _figures(axes: Axes, bench: Bench) -> None:
    width = 0.8 / len(bench.programs)
    for number, name in enumerate(bench.programs):
        places = [index + (number - (len(bench.programs) - 1) / 2) * width for index in range(len(SHOWN))]
        rates = [bench.rate(name, figure) for figure in SHOWN]
        heights = [rate.value if rate.n else 0.0 for rate in rates]
        bars = axes.bar(places, heights, width * 0.9, color=COLOURS[number % len(COLOURS)], label=name)
        axes.bar_label(bars, [f"{h:.2f}".lstrip("0") for h in heights], fontsize=6, padding=1)
    axes.set_xticks(range(len(SHOWN)), [name.replace(" ", "\n") for name in SHOWN], fontsize=8)
    axes.set_ylim(0, 1.15)
    axes.legend(fontsize=7, frameon=False, ncols=len(bench.programs), loc="upper center")
    axes.spines[["top", "right"]].set_visible(False)


def _curve(axes: Axes, one: Series) -> None:
    across, up = zip(*one.points, strict=True)
    axes.plot(across, up, "o-", color=COLOURS[0])
    if across[-1] > WIDE * across[0]:
        axes.set_xscale("log")
        axes.minorticks_off()
    axes.set_xticks(across, [f"{x:,.0f}" for x in across], fontsize=8)
    axes.set_ylim(0, 1.25 * max(up))
    axes.set_xlabel(one.across, fontsize=8)
    axes.set_ylabel(one.measured, fontsize=8)
    axes.set_title(one.name, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
