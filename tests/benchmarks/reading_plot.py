"""The reading benchmark as a picture: CPU seconds a page, by engine and kind of page."""

from __future__ import annotations

import statistics
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # the backend is chosen first

COLOURS = {"dense": "#1f3a5f", "sparse": "#6c8ebf", "born_digital": "#c9a227"}


def plot(cpu: dict[tuple[str, int], dict[str, list[float]]], path: Path) -> None:
    """Write mean CPU seconds a page with one thread as bars, an engine a group."""
    pyplot.rcParams["svg.hashsalt"] = "reading"
    names = [name for name, threads in cpu if threads == 1]
    figure, axes = pyplot.subplots(figsize=(8, 0.62 * len(names) + 1.2), layout="constrained")
    for offset, (kind, colour) in enumerate(COLOURS.items()):
        means = [statistics.fmean(cpu[name, 1].get(kind) or [0.0]) for name in names]
        places = [index + (offset - 1) * 0.27 for index in range(len(names))]
        bars = axes.barh(places, means, 0.25, color=colour, label=kind.replace("_", " "))
        axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=7)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel("CPU seconds a page, one thread")
    axes.legend(loc="lower right", frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
