"""Commands about people and the audit: `verifier people …`, `verifier audit …`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from verifier.cases import auditing, people
from verifier.cases.people import Invited, Newcomer
from verifier.cli.console import EXIT_FLAGGED, ExistingFile, say
from verifier.cli.service import database_of
from verifier.errors import ConfigurationError
from verifier.settings import Settings
from verifier.store.audit import Checkpoint
from verifier.store.database import Database
from verifier.store.people import EXPORTER, OFFICE, Role

OPERATOR = "operator"
"""Whoever may run commands on the database, as the audit names them."""


def _database() -> Database:
    return database_of(Settings.from_environment())


@click.group("people")
def people_group() -> None:
    """Offices, exporters, and who may log in."""


@people_group.command()
@click.argument("login")
@click.option("--office", required=True, help="Name of the first office.")
@click.option("--name", help="The person's name (default: the login).")
def bootstrap(login: str, office: str, name: str | None) -> None:
    """Add the first administrator, and print the invitation on stdout. Only while there is nobody."""
    _print(people.bootstrap(_database(), office, login, name or login, actor=OPERATOR))


@people_group.command()
@click.argument("login")
@click.option("--organisation", required=True, help="Name of an office or exporter.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", help="The person's name (default: the login).")
def add(login: str, organisation: str, role: str, name: str | None) -> None:
    """Add a person, and print the invitation on stdout."""
    database = _database()
    found = people.find_organisation(database, organisation)
    _print(people.add_person(database, found.id, Newcomer(login, name or login, Role(role)), actor=OPERATOR))


@people_group.command("add-office")
@click.argument("name")
def add_office(name: str) -> None:
    """Add an office."""
    people.add_organisation(_database(), name, OFFICE, actor=OPERATOR)
    say(f"office {name} added")


@people_group.command("add-exporter")
@click.argument("name")
@click.option("--office", required=True, help="Name of the office that is competent.")
def add_exporter(name: str, office: str) -> None:
    """Add an exporter; NAME is the applicant's in its records."""
    database = _database()
    competent = people.find_organisation(database, office)
    people.add_organisation(database, name, EXPORTER, competent.id, actor=OPERATOR)
    say(f"exporter {name} added")


@people_group.command()
@click.argument("login")
def invite(login: str) -> None:
    """Print a new invitation of a person who forgot the password."""
    database = _database()
    _print(people.invite_again(database, people.find_person(database, login).id, actor=OPERATOR))


@people_group.command()
@click.argument("login")
def disable(login: str) -> None:
    """Let a person in no more; sessions and tokens end."""
    database = _database()
    people.change_person(database, people.find_person(database, login).id, actor=OPERATOR, active=False)
    say(f"{login} may not log in any more")


@people_group.command("list")
def list_all() -> None:
    """List everybody, one JSON object a line."""
    for person in people.list_everybody(_database()):
        click.echo(json.dumps(asdict(person), ensure_ascii=False))


def _print(invited: Invited) -> None:
    click.echo(invited.invitation)
    say(f"{invited.person.login}: the code above sets the password within seven days (POST /v1/invitations)")


@click.group()
def audit() -> None:
    """The audit chain: verified, exported, signed."""


@audit.command()
@click.option("--checkpoint", "files", multiple=True, type=ExistingFile, help="Kept elsewhere; may be repeated.")
@click.option("--key", help="Public key that checkpoints must be signed by (default: of VERIFIER_AUDIT_KEY).")
@click.option("--export", "exported", type=ExistingFile, help="Verify an exported audit instead of the database's.")
def verify(files: tuple[Path, ...], key: str | None, exported: Path | None) -> None:
    """Find any edit, gap or cut tail; the first bad entry is named and the exit code is 1."""
    settings = Settings.from_environment()
    outside = [auditing.parse_checkpoint(file.read_text(encoding="utf-8")) for file in files]
    trusted = key or _known_key(settings, outside)
    if exported:
        lines = exported.read_text(encoding="utf-8").splitlines()
        found = auditing.verify_export(lines, outside, trusted)
    else:
        found = auditing.verify(database_of(settings), outside, trusted)
    if found.bad is not None:
        click.echo(f"entry {found.bad.entry}: {found.bad.what}")
        sys.exit(EXIT_FLAGGED)
    click.echo(f"{found.entries} entries hold, {found.checkpoints} checkpoints fit")


def _known_key(settings: Settings, outside: Iterable[Checkpoint]) -> str:
    """Return the public key to trust: this machine's, else the one that the checkpoints agree on."""
    if settings.audit_key.exists():
        return auditing.public_key(auditing.signing_key(settings.audit_key))
    named = {one.key for one in outside}
    if len(named) > 1:
        raise ConfigurationError("the checkpoints name several keys; say which one to trust with --key")
    return next(iter(named), "")


@audit.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File (default: stdout).")
def checkpoint(out: Path | None) -> None:
    """Sign how far the chain goes; keep the result on another machine."""
    settings = Settings.from_environment()
    made = json.dumps(asdict(auditing.make_checkpoint(database_of(settings), settings.audit_key)))
    if out is None:
        click.echo(made)
    else:
        out.write_text(made + "\n", encoding="utf-8")


@audit.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def export(out: Path) -> None:
    """Write every entry, one JSON object a line, and a signed checkpoint of the end as the last line."""
    settings = Settings.from_environment()
    with out.open("w", encoding="utf-8") as file:
        for line in auditing.export(database_of(settings), settings.audit_key):
            file.write(line + "\n")
    say(f"{out} written")


COMMANDS = (people_group, audit)
