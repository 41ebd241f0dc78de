"""The command line: parse, call one use-case, present. Data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from verifier import __version__, doctor
from verifier.assembly import refuse_open_walls
from verifier.batch.engine import examine_files
from verifier.batch.outcome import Outcome
from verifier.batch.run import judge_rows
from verifier.cases import office
from verifier.cases.office import Inputs
from verifier.cli import people, service, terminal
from verifier.cli.applications import confirm, history
from verifier.cli.archive import TIMEOUT_SECONDS, batch, reverify
from verifier.cli.console import (
    EXIT_ALL_VERIFIED,
    EXIT_FLAGGED,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    ExistingFile,
    ExistingFolder,
    day,
    exit_code,
    inputs,
    language,
    progress,
    say,
)
from verifier.cli.seal_layouts import layout
from verifier.cli.service import database_of
from verifier.errors import VerifierError
from verifier.evaluation.accuracy import PASSING, REFUSING, as_markdown, whole_report
from verifier.evaluation.pictures import draw_failures
from verifier.evaluation.run import evaluate as evaluate_letters
from verifier.inputs import ManifestRow
from verifier.record import SpecimenStatus
from verifier.report import Verdict, to_json
from verifier.settings import Settings
from verifier.store.database import Database

OPENS_DOCUMENTS = frozenset({"verify", "batch", "reverify", "evaluate", "serve", "worker"})
"""Commands that official mode lets start only behind complete walls."""


@click.group()
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """Verify manufacturer letters for used-car export (商贸函〔2025〕648号)."""
    if context.invoked_subcommand in OPENS_DOCUMENTS:
        refuse_open_walls()


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@inputs
@click.option("--application", help="Compare with the records of this export application only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON report a line.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes (default: one a core).")
def verify(
    files: tuple[Path, ...],
    records: Path | None,
    seals: Path | None,
    lists: Path | None,
    on: datetime | None,
    lang: str | None,
    application: str | None,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Report on each document; writes nothing to the database."""
    settings = Settings.from_environment()
    database = database_of(settings)
    known, registry = office.load_known(database, Inputs(records, seals, lists, settings.office))
    outcomes: list[Outcome | None] = [None] * len(files)
    examined = examine_files(files, registry, jobs=jobs or settings.jobs, timeout_seconds=TIMEOUT_SECONDS)
    with progress(len(files)) as advance:
        for done, (index, outcome) in enumerate(examined, 1):
            outcomes[index] = outcome
            advance(done, len(files))
    rows = [ManifestRow(path, application) for path in files]
    finished = [outcome for outcome in outcomes if outcome is not None]
    seen = [part for outcome in finished if not isinstance(outcome, VerifierError) for part in outcome]
    judged = judge_rows(rows, finished, office.related(database, seen, registry), known, registry, day(on))
    if as_json:
        _print_json(map(to_json, judged.reports))
    else:
        terminal.show_reports(_stdout(), judged.reports, language(lang))
    sys.exit(exit_code(report.verdict for report in judged.reports))


@cli.command()
@click.argument("number", required=False)
@inputs
@click.option("--all", "every", is_flag=True, help="Every application that has records.")
@click.option("--json", "as_json", is_flag=True, help="One JSON report a line.")
def application(
    number: str | None,
    records: Path | None,
    seals: Path | None,
    lists: Path | None,
    on: datetime | None,
    lang: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """Report on an export application, from its records and the documents that a batch examined."""
    if (number is None) == (not every):
        raise click.UsageError("give one application NUMBER, or --all")
    settings = Settings.from_environment()
    given = Inputs(records, seals, lists, settings.office)
    reports = office.report_applications(database_of(settings), number, given, day(on))
    if as_json:
        _print_json(map(to_json, reports))
    else:
        terminal.show_applications(_stdout(), reports, language(lang))
    sys.exit(EXIT_FLAGGED if any(r.verdict is not Verdict.VERIFIED for r in reports) else EXIT_ALL_VERIFIED)


@cli.command()
@click.argument("folder", type=ExistingFolder)
@inputs
@click.option("--jobs", type=click.IntRange(1), help="Worker processes (default: one a core).")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=Path(".cache/readings"))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write accuracy.md and pictures here.")
def evaluate(
    folder: Path,
    records: Path | None,
    seals: Path | None,
    lists: Path | None,
    on: datetime | None,
    lang: str | None,
    jobs: int | None,
    cache: Path,
    out: Path | None,
) -> None:
    """Score the verifier on a FOLDER of letters with a truth.jsonl; records and seals in it are used by default."""
    settings = Settings.from_environment()
    own = {name: folder / place for name, place in _OWN_INPUTS.items() if (folder / place).exists()}
    given = Inputs(records or own.get("records"), seals or own.get("seals"), lists or own.get("lists"))
    known, registry = office.load_known(database_of(settings), given)
    with progress(0) as advance:
        result = evaluate_letters(
            folder, known, registry, day(on), cache=cache, jobs=jobs or settings.jobs, progress=advance
        )
    click.echo(as_markdown(result))
    if out:
        pictures = draw_failures(result, folder, out / "failures", (PASSING, REFUSING))
        (out / "accuracy.md").write_text(whole_report(result, f"verifier evaluate {folder.name}"), encoding="utf-8")
        say(f"{out / 'accuracy.md'} and {len(pictures)} pictures of what failed")


_OWN_INPUTS = {"records": "records.csv", "seals": "specimens.csv", "lists": "lists"}


@cli.group()
def records() -> None:
    """Vehicle records in the embedded database."""


@records.command("import")
@click.argument("file", type=ExistingFile)
def records_import(file: Path) -> None:
    """Add or replace the records of a records.csv."""
    number = office.import_records(_database(), file)
    say(f"{number} records imported")


@cli.group()
def seals() -> None:
    """Registered seal impressions."""


@seals.command("register")
@click.argument("file", type=ExistingFile)
def seals_register(file: Path) -> None:
    """Register the impressions of a specimens.csv."""
    result = office.register_seals(_database(), file)
    for maker, problems in result.problems:
        say(f"{maker}: {'; '.join(problems)}")
    for note in dict.fromkeys(code for _, codes in result.notes for code in codes):
        makers = dict.fromkeys(maker for maker, codes in result.notes if note in codes)
        say(f"note {note}: {', '.join(makers)}")
    say(f"{result.registered} impressions registered")


@seals.command("list")
def seals_list() -> None:
    """List the registered impressions, one JSON object a line."""
    _print_json(
        {
            "sha256": s.sha256,
            "manufacturer": s.manufacturer,
            "shape": s.shape,
            "diameter_mm": s.diameter_mm,
            "status": s.status.value,
            "valid_from": s.valid_from.isoformat() if s.valid_from else None,
            "valid_to": s.valid_to.isoformat() if s.valid_to else None,
        }
        for s in office.list_seals(_database())
    )


@seals.command("retire")
@click.argument("sha256")
@click.option("--lost", is_flag=True, help="The seal was lost, not only replaced.")
def seals_retire(sha256: str, lost: bool) -> None:
    """Retire the impression whose digest begins with SHA256."""
    number = office.retire_seal(_database(), sha256, SpecimenStatus.LOST if lost else SpecimenStatus.RETIRED)
    say(f"{number} impressions retired")


@cli.group()
def lists() -> None:
    """The ministry's lists."""


@lists.command("import")
@click.argument("folder", type=ExistingFolder)
def lists_import(folder: Path) -> None:
    """Replace the lists that FOLDER holds (makers.csv, announcements.csv, ccc.csv)."""
    names = office.import_lists(_database(), folder)
    say(f"imported: {', '.join(names)}")


@cli.command("doctor")
def check_up() -> None:
    """Say whether everything the verifier reads with is there."""
    findings = list(doctor.examine(Settings.from_environment()))
    console = _stdout()
    for finding in findings:
        mark = "[green]✓[/]" if finding.good else "[red]×[/]"
        console.print(f"{mark} {finding.part:<15} {finding.state}", highlight=False)
        if finding.advice and not finding.good:
            console.print(f"  → {finding.advice}", highlight=False)
    sys.exit(EXIT_USAGE if any(f.needed and not f.good for f in findings) else EXIT_ALL_VERIFIED)


for _command in (batch, reverify, history, *service.COMMANDS, *people.COMMANDS):
    cli.add_command(_command)
records.add_command(confirm)
seals.add_command(layout)


def _database() -> Database:
    return database_of(Settings.from_environment())


def _stdout() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 120)


def _print_json(objects: Iterator[dict[str, object]] | map[dict[str, object]]) -> None:
    for one in objects:
        click.echo(json.dumps(one, ensure_ascii=False))


def main() -> NoReturn:
    """Run the command line; turn every foreseen error into one line and its exit code."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        say("interrupted; what was done stays done. Go on with:")
        again = [] if "--resume" in sys.argv or "batch" not in sys.argv else ["--resume"]
        say(f"  verifier {shlex.join([*sys.argv[1:], *again])}")
        sys.exit(EXIT_INTERRUPTED)
    except VerifierError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    sys.exit(EXIT_ALL_VERIFIED)
