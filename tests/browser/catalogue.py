"""Brings the pages' messages into the Chinese catalogue: new ones empty, those no longer used left out."""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from verifier.web.pages.language import Language, catalogue_path
from verifier.web.pages.rendering import STATIC

METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
HEADER = "# The pages in Chinese. The message itself is the English text."


def messages() -> Catalog:
    """Return every message of the pages, untranslated."""
    found = Catalog(locale="zh_CN", project="verifier", fuzzy=False, header_comment=HEADER)
    for _, _, message, _, _ in extract_from_dir(STATIC.parent, METHODS, OPTIONS, KEYWORDS):
        found.add(message)
    return found


def main() -> None:
    """Write the catalogue again."""
    path, wanted = catalogue_path(Language.ZH), messages()
    with path.open("rb") as source:
        known = read_po(source, locale="zh_CN")
    for message in wanted:
        if message.id and message.id in known:
            message.string = known[message.id].string
    lines = [line for line in _written(wanted).splitlines() if not line.startswith(DATED)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


DATED = tuple(
    f'"{name}'
    for name in (
        "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Report-Msgid", "Generated-By", "Language-Team",
    )
)  # fmt: skip
"""Header lines that would change with every run."""


def _written(catalogue: Catalog) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=True)
    return written.getvalue().decode()


if __name__ == "__main__":
    main()
