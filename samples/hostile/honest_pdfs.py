"""PDFs as office programs, scanners and signing services write them, in every ordinary odd way."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.lib import pagesizes
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from samples.hostile.honest_pictures import LETTERS, sheet

Named = Iterator[tuple[str, Callable[[], bytes]]]
Change = Callable[[pikepdf.Pdf], object]
_TITLE = "After-sales Service Confirmation Letter"
_LINES = ("Export country: Kazakhstan", "VIN LSGHD52H4ND123456", "北辰汽车有限公司", "2026年1月15日")
_SIZES = {
    "A3": pagesizes.A3, "A4": pagesizes.A4, "A5": pagesizes.A5, "B4": pagesizes.B4, "B5": pagesizes.B5,
    "Letter": pagesizes.LETTER, "Legal": pagesizes.LEGAL, "A4 across": pagesizes.landscape(pagesizes.A4),
    "two A4 in a strip": (595, 1684), "a slip": (300, 420), "a ledger": pagesizes.ELEVENSEVENTEEN,
}  # fmt: skip


def files() -> Named:
    """Yield some 220 PDFs by name."""
    yield from _papers()
    yield from _scans()
    yield from _written_otherwise()
    yield from _changed()
    yield from _surrounded()


def _drawn(
    size: tuple[float, float] = pagesizes.A4, pages: int = 1, face: str = "STSong-Light", **options: object
) -> bytes:
    """Return a letter as ReportLab writes it; the Chinese face is not in the file."""
    if face.startswith("ST"):
        pdfmetrics.registerFont(UnicodeCIDFont(face))
    written = io.BytesIO()
    drawing = canvas.Canvas(written, pagesize=size, invariant=1, **options)
    for _ in range(pages):
        for row, line in enumerate((_TITLE, *_LINES)):
            drawing.setFont(face if face.startswith("ST") or line.isascii() else "Helvetica", 11)
            drawing.drawString(40, size[1] - 60 - 24 * row, line if face.startswith("ST") or line.isascii() else "-")
        drawing.showPage()
    drawing.save()
    return written.getvalue()


@functools.cache
def _letter() -> bytes:
    return _drawn()


def _papers() -> Named:
    for (name, size), pages in itertools.product(_SIZES.items(), (1, 3)):
        yield f"PDF on {name}, {pages} pages", functools.partial(_drawn, size, pages)
    for face in ("Courier", "Times-Roman", "Helvetica-Bold", "Symbol", "ZapfDingbats", "STSong-Light"):
        yield f"PDF in {face}", functools.partial(_drawn, face=face)
    for version in ((1, 2), (1, 3), (1, 4), (1, 5)):
        yield f"PDF {version[0]}.{version[1]}", functools.partial(_drawn, pdfVersion=version)
    for pages in (10, 60, 100):
        yield f"PDF of {pages} pages", functools.partial(_drawn, pages=pages)
    for packed in (0, 1):
        yield f"PDF, packed {packed}", functools.partial(_drawn, pageCompression=packed)


def _scan(mode: str, dpi: int, strips: int, layer: bool) -> bytes:
    """Return a scanned page in strips, with or without recognised text beneath it."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    picture, paper = sheet(mode, (width, height)), pagesizes.A4
    written = io.BytesIO()
    drawing = canvas.Canvas(written, pagesize=paper, invariant=1)
    if layer:
        text = drawing.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLines(_LINES[:2])
        drawing.drawText(text)
    for strip in range(strips):
        top, bottom = height * strip // strips, height * (strip + 1) // strips
        part = ImageReader(picture.crop((0, top, width, bottom)))
        drawing.drawImage(part, 0, paper[1] * (1 - bottom / height), paper[0], paper[1] * (bottom - top) / height)
    drawing.save()
    return written.getvalue()


def _scans() -> Named:
    for mode, dpi, strips, layer in itertools.product(("1", "L", "RGB"), (72, 100, 200), (1, 8), (False, True)):
        name = f"scan {mode} {dpi} dpi, {strips} strips{', with text' * layer}"
        yield name, functools.partial(_scan, mode, dpi, strips, layer)
    yield "scan of 60 strips", functools.partial(_scan, "L", 100, 60, True)
    yield "scan at 400 dpi", functools.partial(_scan, "1", 400, 1, False)


def _saved(document: bytes, change: Change | None = None, **options: object) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as file:
        if change:
            change(file)
        file.save(written, **options)
    return written.getvalue()


_WAYS: dict[str, dict[str, object]] = {
    "as it is": {},
    "linearised": {"linearize": True},
    "with object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "without object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "unpacked": {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    "by lines": {"qdf": True},
    "as version 2.0": {"force_version": "2.0"},
    "as version 1.3": {"force_version": "1.3", "object_stream_mode": pikepdf.ObjectStreamMode.disable},
}
_LOCKS = {
    "RC4 of 40 bits": {"R": 2, "aes": False, "metadata": False},
    "RC4 of 128 bits": {"R": 3, "aes": False, "metadata": False},
    "AES of 128 bits": {"R": 4},
    "AES of 256 bits": {"R": 6},
}


def _written_otherwise() -> Named:
    for path in sorted(LETTERS.glob("*.pdf")):
        for way, options in _WAYS.items():
            yield f"{path.stem} {way}", functools.partial(_saved_file, path, options)
    for lock, options in _LOCKS.items():
        yield f"PDF that may not be changed, {lock}", functools.partial(_locked, options)


def _saved_file(path: Path, options: dict[str, object]) -> bytes:
    return _saved(path.read_bytes(), **options)


def _locked(options: dict[str, object]) -> bytes:
    allowed = pikepdf.Permissions(modify_other=False, extract=False)
    return _saved(_letter(), encryption=pikepdf.Encryption(user="", owner="x", allow=allowed, **options))


# --- what programs and people add ---


def _page(**entries: object) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            file.pages[0].obj[Name("/" + key)] = value

    return change


def _root(**entries: object) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            file.Root[Name("/" + key)] = value

    return change


def _note(subtype: str, **entries: object) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        rect = Array([300, 100, 400, 140])
        note = Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=rect, Contents="seen", F=4, **entries)
        file.pages[0].obj.Annots = Array([file.make_indirect(note)])

    return change


def _bookmarks(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"Part {number}", 0) for number in range(20))


def _attachment(file: pikepdf.Pdf) -> None:
    file.attachments["table.csv"] = b"vin,brand\n"


def _layers(file: pikepdf.Pdf) -> None:
    group = file.make_indirect(Dictionary(Type=Name.OCG, Name="Background"))
    file.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group]), ON=Array([group])))


def _described(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as metadata:
        metadata["dc:title"], metadata["xmp:CreatorTool"] = "售后维修服务确认书", "Office"


def _in_pieces(file: pikepdf.Pdf) -> None:
    whole = file.pages[0].obj.Contents.read_bytes()
    places = [0, *(place + 1 for place, byte in enumerate(whole) if byte == 10)][::3]
    parts = itertools.pairwise([*places, len(whole)])
    file.pages[0].obj.Contents = Array([file.make_stream(whole[start:end]) for start, end in parts])


_SQUARE = Dictionary(W=0)
_CHANGES: dict[str, Change] = {
    **{f"turned by {turn}": _page(Rotate=turn) for turn in (90, 180, 270, 360, -90, 450)},
    "cropped": _page(CropBox=Array([20, 20, 575, 800])),
    "cropped larger than its paper": _page(CropBox=Array([-100, -100, 900, 1200])),
    "with its origin elsewhere": _page(MediaBox=Array([-200, -300, 395, 542])),
    "with its corners exchanged": _page(MediaBox=Array([595, 842, 0, 0])),
    "with boxes for the printer": _page(BleedBox=Array([0, 0, 595, 842]), TrimBox=Array([9, 9, 586, 833])),
    "in units of a tenth": _page(UserUnit=0.5),
    "with a transition": _page(Trans=Dictionary(S=Name.Dissolve), Dur=3),
    "with tabs": _page(Tabs=Name.S, StructParents=0),
    **{
        f"with a {kind.lower()}": _note(kind, **more)
        for kind, more in {
            "Text": {"Open": False}, "Square": {}, "Circle": {"BS": _SQUARE}, "Popup": {}, "Caret": {}, "Stamp": {},
            "Highlight": {"QuadPoints": Array([300, 140, 400, 140, 300, 100, 400, 100])},
            "Line": {"L": Array([300, 100, 400, 140])}, "Ink": {"InkList": Array([Array([300, 100, 350, 120])])},
            "Link": {"A": Dictionary(S=Name.URI, URI="https://example.com"), "Border": Array([0, 0, 0])},
            "Underline": {"QuadPoints": Array([300, 140, 400, 140, 300, 100, 400, 100])},
            "FreeText": {"DA": "/Helv 9 Tf 0 g"},
        }.items()
    },
    "with bookmarks": _bookmarks,
    "with an attachment": _attachment,
    "with a layer": _layers,
    "described": _described,
    "in pieces": _in_pieces,
    "with an empty form": _root(AcroForm=Dictionary(Fields=Array([]))),
    "in Chinese by its own word": _root(Lang="zh-CN", MarkInfo=Dictionary(Marked=True)),
    "to be shown as a book": _root(PageLayout=Name.TwoColumnLeft, PageMode=Name.FullScreen),
    "with page labels": _root(PageLabels=Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))),
    "with a view": _root(ViewerPreferences=Dictionary(FitWindow=True, HideToolbar=True)),
    "opened at a page": _root(OpenAction=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))),
    "with a private dictionary": _root(PieceInfo=Dictionary(Office=Dictionary(Private=Dictionary(x=1)))),
    "with an intent of output": _root(
        OutputIntents=Array([Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier="sRGB")])
    ),
}  # fmt: skip


def _changed() -> Named:
    for (name, change), way in itertools.product(_CHANGES.items(), ("as it is", "with object streams")):
        yield f"PDF {name}, {way}", functools.partial(_with, change, _WAYS[way])
    for count in (1, 2, 5, 20):
        yield f"PDF saved {count} times on top of itself", functools.partial(_revised, count)


def _with(change: Change, options: dict[str, object]) -> bytes:
    return _saved(_letter(), change, **options)


def _revised(count: int) -> bytes:
    """Return a letter that a program saved again and again by appending, without changing what it shows."""
    document = _letter()
    for number in range(count):
        table = document.rindex(b"startxref\n")
        previous = document[table:].split()[1]
        at = len(document)
        note = b"900 0 obj\n(saved %d)\nendobj\n" % number
        rows = b"xref\n900 1\n%010d 00000 n \n" % at
        trailer = document[document.rindex(b"trailer") : document.rindex(b"startxref")]
        root = trailer[trailer.index(b"/Root") : trailer.index(b"R", trailer.index(b"/Root") + 5) + 1]
        ends = b"trailer\n<</Size 901 %s /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (root, previous, at + len(note))
        document += note + rows + ends
    return document


def _surrounded() -> Named:
    for name, before, behind in (
        ("behind a mark of byte order", b"\xef\xbb\xbf", b""),
        ("behind an empty line", b"\r\n", b""),
        ("behind a printer's words", b"\x1b%-12345X@PJL\r\n", b""),
        ("with blanks behind it", b"", b"\r\n  \r\n"),
        ("with zeros behind it", b"", bytes(2_000)),
        ("with a web server's words behind it", b"", b"\n<!-- served in 3 ms -->\n"),
    ):
        yield f"PDF {name}", functools.partial(_between, before, behind)


def _between(before: bytes, behind: bytes) -> bytes:
    return before + _letter() + behind
