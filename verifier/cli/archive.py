"""The commands of the archive: `batch` and `reverify`. They parse, call one use-case, present."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from verifier.assembly import made_with
from verifier.batch.engine import Engine, open_engine
from verifier.batch.place import Place
from verifier.batch.refresh import Stage
from verifier.batch.reread import Reread, read_again
from verifier.batch.reverify import Review, ReviewSummary
from verifier.batch.reverify import reverify as reverify_archive
from verifier.batch.review import Terms
from verifier.batch.run import Engines, Order, run_batch
from verifier.batch.sources import find_rows
from verifier.cases import office
from verifier.cases.office import Inputs
from verifier.cli.console import day, exit_code, inputs, progress, say
from verifier.cli.service import database_of
from verifier.formats.names import normalise_name
from verifier.settings import Settings
from verifier.store.archive import Scope

TIMEOUT_SECONDS = 300.0
"""Wall clock for one document: fifty times what a hundred-page scan takes on one core."""
_ENGINE = click.option("--engine", default="local", help="local, or dask://HOST:PORT of a Dask scheduler.")
_JOBS = click.option("--jobs", type=click.IntRange(1), help="Worker processes here (default: one a core).")
_OUT = click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The results file.")


@click.command()
@click.argument("source")
@inputs
@_OUT
@_JOBS
@_ENGINE
@click.option("--resume", is_flag=True, help="Go on after an interruption; what failed is not tried again.")
@click.option("--timeout", type=click.FloatRange(1), default=TIMEOUT_SECONDS, help="Seconds for one document.")
def batch(
    source: str,
    records: Path | None,
    seals: Path | None,
    lists: Path | None,
    on: datetime | None,
    lang: str | None,
    out: Path,
    jobs: int | None,
    engine: str,
    resume: bool,
    timeout: float,
) -> None:
    """Verify a FOLDER, a manifest.csv or an object store's URL; one report a line, in path order."""
    settings = Settings.from_environment()
    database = database_of(settings)
    known, registry = office.load_known(database, Inputs(records, seals, lists, settings.office))
    rows = find_rows(source)
    if not rows:
        raise click.UsageError(f"{source} holds no documents")
    order = Order(
        rows=rows,
        registry=registry,
        made_with=made_with(registry),
        records=known if records else None,
        on=day(on),
        out=out,
        spool=str(settings.home / "spool"),
        timeout_seconds=timeout,
        resume=resume,
    )
    engines = _engines(engine, jobs or settings.jobs, settings)
    with progress(len(rows)) as advance:
        summary = run_batch(order, Place(settings.database_url, settings.blobs), engines, advance)
    say(f"{summary.reports} reports in {out}")
    sys.exit(exit_code(summary.verdicts))


def _engines(name: str, jobs: int, settings: Settings) -> Engines:
    """Return who examines and who judges: a cluster judges only where it reaches the database."""
    examining = open_engine(name, jobs)
    judging: Engine = examining
    if name != "local" and settings.database_url.startswith("sqlite"):
        judging = open_engine("local", jobs)
    return Engines(examining, judging)


@click.command()
@inputs
@_OUT
@_JOBS
@_ENGINE
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was examined on this day or later.")
@click.option("--rules-version", help="Only what was last judged under this version of the rules.")
@click.option("--maker", help="Only letters of this maker.")
@click.option("--changed-only", is_flag=True, help="Write reports only of what changed.")
@click.option("--reread", is_flag=True, help="Read documents again that were read with other versions.")
@click.option("--current-records", is_flag=True, help="Use today's records, not those each document was judged with.")
@click.option("--rules-of-then", is_flag=True, help="Judge by what was in force on the day of the earlier judgement.")
@click.option("--timeout", type=click.FloatRange(1), default=TIMEOUT_SECONDS, help="Seconds for one document.")
def reverify(
    records: Path | None,
    seals: Path | None,
    lists: Path | None,
    on: datetime | None,
    lang: str | None,
    out: Path,
    jobs: int | None,
    engine: str,
    since: datetime | None,
    maker: str | None,
    rules_version: str | None,
    reread: bool,
    timeout: float,
    **terms: bool,
) -> None:
    """Judge the archive again from what was seen, and say what changed and why.

    Beside the results: .changes.jsonl, .changes.parquet, .changes.xlsx and .changes.html. An official's decision
    is never changed.
    """
    settings = Settings.from_environment()
    known, registry = office.load_known(database_of(settings), Inputs(records, seals, lists))
    scope = Scope(since.date() if since else None, normalise_name(maker) if maker else None)
    review = Review(
        place=Place(settings.database_url, settings.blobs),
        registry=registry,
        records=known if records else None,
        on=day(on),
        out=out,
        scope=scope,
        terms=Terms(rules_version=rules_version, **terms),
    )
    engines = _engines(engine, jobs or settings.jobs, settings)
    with progress(0) as advance:
        if reread:
            asked = Reread(made_with(registry), str(settings.home / "spool"), timeout)
            read_again(review, asked, engines.examining, advance)
        summary = reverify_archive(review, engines.judging, advance)
    _say_summary(summary, out)
    sys.exit(exit_code(summary.counted.verdicts))


def _say_summary(summary: ReviewSummary, out: Path) -> None:
    counted = summary.counted
    say(f"{counted.documents} judged again, {counted.changed} changed; see {out.with_suffix('.changes.html')}")
    for turn, number in counted.turns.most_common():
        say(f"  {number} {turn}")
    if summary.stages[Stage.READING]:
        say(f"{summary.stages[Stage.READING]} need their document read again (--reread); judged as they were read")
