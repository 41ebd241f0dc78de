"""Commands about what enterprises filed: `history`, and `records confirm` of a registration certificate."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from verifier.cases import office
from verifier.cases.certified_record import Confirmation
from verifier.cases.office import Inputs
from verifier.cli import terminal
from verifier.cli.console import day, inputs, language, say
from verifier.cli.service import database_of
from verifier.settings import Settings

WIDTH = 120
"""Columns of a table that goes to no terminal."""


@click.command()
@inputs
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def history(
    records: Path | None, seals: Path | None, lists: Path | None, on: datetime | None, lang: str | None, as_json: bool
) -> None:
    """Show what every exporter and maker filed over time and what did not agree; counts, no decision."""
    settings = Settings.from_environment()
    given = Inputs(records, seals, lists, settings.office)
    found = office.enterprises(database_of(settings), given, day(on))
    if as_json:
        for one in found:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
    else:
        console = Console(width=None if sys.stdout.isatty() else WIDTH)
        terminal.show_enterprises(console, found, language(lang))


@click.command("confirm")
@click.argument("sha256")
@click.option("--part", default=1, show_default=True, help="Which document of its file the certificate is.")
@click.option("--official", required=True, help="Who confirms what was read.")
@click.option("--set", "typed", multiple=True, metavar="NAME=VALUE", help="A value typed, not read; repeatable.")
def confirm(sha256: str, part: int, official: str, typed: tuple[str, ...]) -> None:
    """Take the registration certificate whose file's digest begins with SHA256 over as a vehicle's record."""
    if any("=" not in one for one in typed):
        raise click.UsageError("--set takes NAME=VALUE")
    values = {name.strip(): value for name, _, value in (one.partition("=") for one in typed)}
    database = database_of(Settings.from_environment())
    record = office.confirm_certificate(database, sha256, part, Confirmation(official, values))
    say(f"record of {record.vin} taken over")
