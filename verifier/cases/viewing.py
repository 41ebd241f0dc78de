"""Use-case: what a person looks at. Pages as they were read, sized; crops of them; the seals found on them."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from verifier.errors import GoneError, NotFoundError, NotReadyError, StoreError
from verifier.examination import Examination, Opened
from verifier.integrity.traces import is_measurable
from verifier.integrity.traces.heat import heat_picture
from verifier.page import Box, Page, Pixels
from verifier.reading.upright import upright_picture
from verifier.sandbox import Sandbox
from verifier.store import documents as uploads
from verifier.store import repositories
from verifier.store.database import Database
from verifier.store.documents import StoredUpload

LARGEST_WIDTH = 2000
"""Pixels of the widest page picture: 240 dpi on A4, every character can be read; never the raw scan."""
WIDTHS = (400, 800, 1200, 1600, LARGEST_WIDTH)
"""Other widths are rounded up to one of these, so that few pictures are kept."""
LIKENESS_WIDTH = 1200
QUALITY = 82
"""WebP: an A4 page at 1200 px is about 120 kB."""
EFFORT = 1
"""WebP's method: 4, its own default, takes twice as long for a tenth fewer bytes."""
PICTURE_TYPE = "image/webp"


class Viewer:
    """Makes pictures of stored documents and keeps them beside the blobs; one document is opened at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sandbox = Sandbox()
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()

    def page(self, upload: StoredUpload, number: int, width: int) -> bytes:
        """Return the upright page that boxes refer to as WebP, `width` pixels wide (rounded up to WIDTHS).

        Raises NotReadyError, NotFoundError, GoneError, and the opener's errors.
        """
        wanted = next((w for w in WIDTHS if w >= width), LARGEST_WIDTH)
        path = self._kept(upload, number, wanted)
        if not path.is_file():
            self._draw(upload)
        if not path.is_file():
            raise NotFoundError(f"page {number}")
        return path.read_bytes()

    def crop(self, upload: StoredUpload, number: int, box: Box) -> bytes:
        """Return a part of a page as PNG; `box` in fractions of the upright page."""
        with Image.open(io.BytesIO(self.page(upload, number, LARGEST_WIDTH))) as page:
            part = page.crop(box.to_pixels(width=page.width, height=page.height))
        written = io.BytesIO()
        part.save(written, "PNG")
        return written.getvalue()

    def cutout(self, upload: StoredUpload, number: int, box: Box) -> bytes:
        """Return a part of a page as it was captured, not made smaller, as PNG with its resolution.

        Raises NotReadyError, NotFoundError, GoneError, and the opener's errors.
        """
        pages = [page for seen in self.examinations(upload) for page in seen.pages if page.number == number]
        with self._lock:
            opened = self._sandbox.open(self._database.blobs.read(upload.sha256))
        for page, picture in _pictures(opened, pages):
            part = picture.crop(box.to_pixels(width=picture.width, height=picture.height))
            written = io.BytesIO()
            part.save(written, "PNG", dpi=(page.dpi, page.dpi))
            return written.getvalue()
        raise NotFoundError(f"page {number}")

    def likeness_of_print(self, upload: StoredUpload, number: int) -> bytes:
        """Return the upright page as WebP, each piece of print coloured by how unlike the rest of the page it is.

        A reason to look closer, never a finding: what is far beyond the limits is a finding already. Raises
        NotFoundError for pages that were drawn, not captured, and what `page` raises.
        """
        path = pictures_folder(self._database, upload.sha256) / f"{upload.report_version}-{number}-print.webp"
        if not path.is_file():
            pages = [p for seen in self.examinations(upload) for p in seen.pages if p.number == number]
            if not any(map(is_measurable, pages)):
                raise NotFoundError(f"print of page {number}")
            with self._lock:
                opened = self._sandbox.open(self._database.blobs.read(upload.sha256))
            for _, picture in _pictures(opened, pages, heat_picture):
                self._keep(_fitted(picture, LIKENESS_WIDTH), path)
        return path.read_bytes()

    def seal(self, upload: StoredUpload, part: int, index: int) -> tuple[bytes, str]:
        """Return a found seal, normalised to 480 × 480, and its media type; `index` as in the report."""
        examinations = self.examinations(upload)
        if not (1 <= part <= len(examinations) and 0 <= index < len(examinations[part - 1].seals)):
            raise NotFoundError(f"seal {index}")
        ink = examinations[part - 1].seals[index].ink
        if not ink:
            raise NotFoundError(f"a picture of seal {index}")
        return ink, "image/png" if ink.startswith(b"\x89PNG") else PICTURE_TYPE

    def examinations(self, upload: StoredUpload) -> tuple[Examination, ...]:
        """Return what was last seen in a document; raises NotReadyError, GoneError."""
        if upload.state == uploads.DELETED:
            raise GoneError
        with self._database.reading() as connection:
            found = repositories.get_documents(connection, self._database.blobs, [upload.sha256])
        if not found:
            raise NotFoundError("readable pages") if upload.report_version else NotReadyError
        return found[0].parts

    def _draw(self, upload: StoredUpload) -> None:
        """Open the document once and keep every page in every width."""
        pages = [page for seen in self.examinations(upload) for page in seen.pages]
        with self._lock:
            opened = self._sandbox.open(self._database.blobs.read(upload.sha256))
            for page, picture in _pictures(opened, pages):
                for width in reversed(WIDTHS):  # each from the next larger one: half the work
                    picture = _fitted(picture, width)
                    self._keep(picture, self._kept(upload, page.number, width))

    def _kept(self, upload: StoredUpload, number: int, width: int) -> Path:
        folder = pictures_folder(self._database, upload.sha256)
        return folder / f"{upload.report_version}-{number}-{width}.webp"

    def _keep(self, picture: Image.Image, path: Path) -> None:
        with _disk_errors():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = path.with_suffix(f".{threading.get_ident()}.partial")
            picture.save(partial, "WEBP", quality=QUALITY, method=EFFORT)
            partial.replace(path)


def _fitted(picture: Image.Image, width: int) -> Image.Image:
    """Return the picture at most `width` pixels wide."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def pictures_folder(database: Database, sha256: str) -> Path:
    """Return where the pictures of a document are kept."""
    return database.blobs.folder / "pictures" / database.blobs.path(sha256).name


def _as_captured(pixels: Pixels, _page: Page) -> Pixels:
    return pixels


def _pictures(
    opened: Opened, pages: list[Page], drawn: Callable[[Pixels, Page], Pixels] = _as_captured
) -> Iterator[tuple[Page, Image.Image]]:
    """Yield the pages with their upright pictures; `drawn` changes the pixels as they were opened."""
    by_number = {page.number: page.pixels for page in opened.pages}
    for page in pages:
        if page.number in by_number:
            yield page, Image.fromarray(upright_picture(drawn(by_number[page.number], page), page))


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"pictures cannot be kept: {error.strerror}") from error
