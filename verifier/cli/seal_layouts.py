"""`verifier seals layout`: where the characters of a registered impression stand, shown and confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from verifier.cases import seal_layouts
from verifier.cases.seal_layouts import Change
from verifier.cli.console import say
from verifier.cli.people import OPERATOR
from verifier.cli.service import database_of
from verifier.settings import Settings


@click.command("layout")
@click.argument("sha256")
@click.option("--show", type=click.Path(dir_okay=False, path_type=Path), help="Draw the numbered boxes into this PNG.")
@click.option("--confirm", "step", flag_value="confirm", help="Confirm the boxes as they are shown.")
@click.option("--take-back", "step", flag_value="take back", help="Take a confirmation back.")
def layout(sha256: str, show: Path | None, step: str | None) -> None:
    """Print the character boxes of the impression whose digest begins with SHA256, as JSON.

    Seals are compared with it box by box; degrees run clockwise from three o'clock. Boxes are changed on the page of
    the seal registry or by PUT /v1/seals/SHA256/layout.
    """
    database = database_of(Settings.from_environment())
    if step == "confirm":
        shown = seal_layouts.confirm_layout(database, sha256, Change(), OPERATOR)
    elif step == "take back":
        shown = seal_layouts.take_back_layout(database, sha256, OPERATOR)
    else:
        shown = seal_layouts.show_layout(database, sha256)
    if show:
        show.write_bytes(seal_layouts.drawn_layout(shown))
        say(f"{show}: {len(shown.boxes.boxes)} boxes")
    for note in shown.notes:
        say(f"{shown.specimen.manufacturer}: {note}")
    click.echo(json.dumps(seal_layouts.described(shown), ensure_ascii=False))
