"""What every command shares: the contract's INPUTS, exit codes, the day, progress on stderr."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from verifier.report import Verdict

EXIT_ALL_VERIFIED, EXIT_FLAGGED, EXIT_USAGE, EXIT_UNREADABLE, EXIT_UNPROCESSED, EXIT_INTERRUPTED = 0, 1, 2, 3, 4, 130
SECONDS_BETWEEN_LINES = 60.0
"""Without a terminal, progress is a line in the log this often."""

ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)
Advance = Callable[[int, int], None]
"""Takes (done, total)."""


def inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Add the contract's INPUTS, the day to judge on and the language."""
    for option in (
        click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="Language of the output."),
        click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day to judge on, not today."),
        click.option("--lists", type=ExistingFolder, help="Folder with makers.csv, announcements.csv, ccc.csv."),
        click.option("--seals", type=ExistingFile, help="specimens.csv with the registered seal impressions."),
        click.option("--records", type=ExistingFile, help="records.csv, one row a vehicle."),
    ):
        command = option(command)
    return command


def exit_code(verdicts: Iterable[str | None]) -> int:
    """Return the contract's exit code: the first that applies of unprocessed, unreadable, flagged, verified."""
    given = set(verdicts)
    for verdict, code in (
        (None, EXIT_UNPROCESSED),
        (Verdict.UNREADABLE, EXIT_UNREADABLE),
        (Verdict.FLAGGED, EXIT_FLAGGED),
    ):
        if verdict in given:
            return code
    return EXIT_ALL_VERIFIED


def day(given: datetime | None) -> date:
    """Return the day to judge on: today where the rule's calendar is kept."""
    return given.date() if given else datetime.now(ZoneInfo("Asia/Shanghai")).date()


def language(given: str | None) -> str:
    """Return the language of the output: as asked, else the environment's."""
    return given or ("zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en")


def say(text: str) -> None:
    """Write a line to stderr."""
    click.echo(text, err=True)


@contextmanager
def progress(total: int, what: str = "documents") -> Iterator[Advance]:
    """Yield a function that moves a bar on stderr, or writes a line a minute where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


class _Lines:
    """Progress for a log: how far, how fast, how long."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began: tuple[float, int] | None = None
        self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._began is None:
            self._began = now, done
        if now - self._said < SECONDS_BETWEEN_LINES:
            return
        self._said = now
        began, before = self._began
        rate = (done - before) / max(now - began, 1e-9)
        left = f", {(total - done) / rate / 60:.0f} min left" if rate > 0 else ""
        say(f"{done} of {total} {self._what}, {rate:.1f}/s{left}")
