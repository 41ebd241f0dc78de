"""Everything a child could want to load, loaded before the process is restricted: afterwards no file opens.

Codecs, the tables of character codes, modules that parsers import late, and a page of our own in each format,
so that faces are listed and tables filled. What is missed here is missing in every child, so a test opens files
of every kind and sees that nothing more is asked of the disk.
"""

from __future__ import annotations

import codecs
import contextlib
import encodings
import gzip
import importlib
import io
import json
import logging
import pkgutil
import time
from importlib import resources
from typing import Any

import pikepdf
from pdfminer.cmapdb import CMapDB
from PIL import Image

from verifier.opening.document import open_whole
from verifier.opening.opinion import second_opinion
from verifier.opening.signatures import signature_findings

LATE_MODULES = (
    "cryptography.hazmat.backends.openssl.backend",
    "lxml.etree",
    "pyhanko.pdf_utils.filters",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation",
    "tzlocal",
)
"""What pyHanko and its parts import at first use, as listening to their imports showed."""
_TABLE_ENDING = ".json.gz"
_CHINESE_TABLES = ("GBK-EUC-H", "UniGB-UCS2-H", "UniGB-UTF16-H")
"""Filled at once: what Chinese office programs name; the others are unpacked by whichever child needs one."""
_FACE = b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font\
/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>\
/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/Ascent 800/Descent -200/StemV 80\
/ItalicAngle 0/CapHeight 700/FontBBox[0 -200 1000 900]>>>>]>>"
"""A face that is not in the file: the system's faces are listed at the first one."""
_WARM_FACES = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2 %s>>>>" % _FACE
_WARM_TEXT = b"BT /F1 12 Tf 72 700 Td (warm) Tj /F2 12 Tf 0 -40 Td <b1b1b3bd> Tj ET"


def load_everything() -> None:
    """Load what parsers would load later; see the module."""
    _load_codecs()
    for name in LATE_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    keep_character_tables()
    time.localtime()  # reads the time zone
    _open_pictures()
    document = _drawn_pdf()
    opened = open_whole(document)
    second_opinion(document, {1: opened.pages[0].layer})
    signature_findings(document, ())


def _load_codecs() -> None:
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError):
            codecs.lookup(module.name)


def keep_character_tables() -> None:
    """Have pdfminer take its tables of character codes from memory, by name and never by path."""
    folder = resources.files("pdfminer") / "cmap"
    packed = {
        file.name.removesuffix(_TABLE_ENDING): file.read_bytes()
        for file in folder.iterdir()
        if file.name.endswith(_TABLE_ENDING)
    }

    def kept(_: type[CMapDB], name: str) -> type[Any]:
        if name not in packed:
            raise CMapDB.CMapNotFound(name)
        return type(name, (), _unpacked(packed[name]))

    CMapDB._load_data = classmethod(kept)  # type: ignore[assignment,method-assign]  # it has no other way in
    CMapDB.get_unicode_map("Adobe-GB1")
    for name in _CHINESE_TABLES:
        CMapDB.get_cmap(name)


def _unpacked(packed: bytes) -> dict[str, object]:
    """Return a table as pdfminer holds it: its keys are numbers, which JSON does not have."""
    table: dict[str, object] = json.loads(gzip.decompress(packed))
    return {name: _numbered(value) if name != "IS_VERTICAL" else value for name, value in table.items()}


def _numbered(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {int(key) if key.lstrip("-").isdigit() else key: _numbered(part) for key, part in value.items()}


def _open_pictures() -> None:
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    for kind in ("PNG", "JPEG", "TIFF", "WEBP"):
        written = io.BytesIO()
        Image.new("RGB", (64, 64), "white").save(written, kind)
        open_whole(written.getvalue())


def _drawn_pdf() -> bytes:
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.obj["/Resources"] = pikepdf.Object.parse(_WARM_FACES)
        page.contents_add(_WARM_TEXT)
        written = io.BytesIO()
        file.save(written)
    return written.getvalue()
