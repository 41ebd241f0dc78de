"""Use-case: where the characters of a registered impression stand is shown, confirmed by a registrar, taken back."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from PIL import Image

from verifier.cases.presenting_registry import current_registry
from verifier.cases.viewing import EFFORT, QUALITY
from verifier.errors import NotFoundError, RequestError
from verifier.record import CharacterLayout, LayoutState, Specimen
from verifier.seals.boxes import Boxes, Proposal, faults, fits, notes
from verifier.seals.pictures import draw_boxes
from verifier.seals.specimens import propose
from verifier.store import events, people, repositories
from verifier.store.clock import now
from verifier.store.database import Database

ACT = "seal layout"


class LayoutError(RequestError):
    """Boxes by which no seal could be compared."""

    fault: ClassVar[str] = ""
    """The code in `seals.boxes.faults`."""
    http_status = 422


class LayoutCountError(LayoutError):
    """Boxes and characters do not pair up."""

    fault = "count"
    code = "layout_count"
    cause = "there is not one box for each character of the text"
    cause_zh = "字符框数量与印文字数不一致"
    advice = "give the text as it is carved and one box for each of its characters"
    advice_zh = "请按印章实际刻字填写印文，并为每个字设置一个字符框"


class LayoutPlaceError(LayoutError):
    """Boxes out of order, too narrow, too wide or off the seal."""

    fault = "place"
    code = "layout_place"
    cause = "the boxes do not follow one another clockwise on the text's ring"
    cause_zh = "字符框未按顺时针依次排列在文字环带内"
    advice = "order the boxes clockwise without overlap, each about as wide as its character"
    advice_zh = "请按顺时针排列字符框，互不重叠，宽度与字符相当"


class LayoutEmptyError(LayoutError):
    """A box where nothing is carved."""

    fault = "empty"
    code = "layout_empty_box"
    cause = "a box holds no character"
    cause_zh = "有字符框内没有字符"
    advice = "move each box over its character"
    advice_zh = "请将每个字符框移到对应的字上"


class LayoutTextError(LayoutError):
    """Boxes elsewhere than the text."""

    fault = "off_text"
    code = "layout_off_text"
    cause = "most of the text lies outside the boxes"
    cause_zh = "大部分印文在字符框之外"
    advice = "turn or widen the boxes until they hold the whole text"
    advice_zh = "请转动或加宽字符框，使其覆盖全部印文"


class NoSealError(RequestError):
    """An impression without anything to lay boxes on."""

    code = "impression_without_seal"
    cause = "no seal is found in the picture of this impression"
    cause_zh = "该印模图像中未找到印章"
    advice = "register a scan of one impression, 300 dpi, in colour"
    advice_zh = "请重新登记单个印模的 300 dpi 彩色扫描件"
    http_status = 422


FAULTS = {one.fault: one for one in (LayoutCountError, LayoutPlaceError, LayoutEmptyError, LayoutTextError)}


@dataclass(frozen=True, slots=True, eq=False)
class LayoutView:
    """An impression with the boxes that hold: the confirmed ones, else those that the software proposes."""

    specimen: Specimen
    proposal: Proposal
    state: LayoutState
    boxes: Boxes
    notes: tuple[str, ...]
    """Codes of `seals.boxes.notes`, and `rim_moved` where a confirmed layout no longer fits the rim that is found."""

    @property
    def said(self) -> CharacterLayout | None:
        """What a registrar said last, None where nobody did."""
        return self.specimen.layout


def show_layout(database: Database, sha256: str) -> LayoutView:
    """Return the boxes of an impression; `sha256` is its digest or the beginning of it.

    Raises NotFoundError where no single impression has it, NoSealError where no seal is found in its picture.
    """
    specimen = _impression(database, sha256)
    proposal = propose(specimen)
    if proposal is None:
        raise NoSealError
    return _view(specimen, proposal)


@dataclass(frozen=True, slots=True)
class Change:
    """What a registrar says differently from the boxes that are shown; None leaves as it is shown."""

    text: str | None = None
    outer: float | None = None
    inner: float | None = None
    boxes: tuple[tuple[float, float], ...] | None = None

    def of(self, shown: Boxes) -> Boxes:
        """Return the boxes with the change in them."""
        outer, inner = shown.band
        return Boxes(
            shown.text if self.text is None else self.text,
            (outer if self.outer is None else self.outer, inner if self.inner is None else self.inner),
            shown.boxes if self.boxes is None else self.boxes,
        )


def confirm_layout(database: Database, sha256: str, change: Change, actor: str) -> LayoutView:
    """Have the boxes that are shown, with the change in them, hold from now on; workers take them up.

    Raises what `show_layout` does, and a LayoutError where no seal could be compared by them.
    """
    shown = show_layout(database, sha256)
    given = change.of(shown.boxes)
    for fault in faults(given, shown.proposal):
        raise FAULTS[fault]
    found = shown.proposal.ring
    ring = (float(found.cx), float(found.cy), float(found.rx), float(found.ry), float(found.tilt))
    said = CharacterLayout(LayoutState.CONFIRMED, actor, _moment(), given.text, given.band, given.boxes, ring)
    return _keep(database, shown, said)


def take_back_layout(database: Database, sha256: str, actor: str) -> LayoutView:
    """Have the software's own boxes hold again; raises what `show_layout` does."""
    return _keep(database, show_layout(database, sha256), CharacterLayout(LayoutState.PROPOSED, actor, _moment()))


def described(shown: LayoutView) -> dict[str, object]:
    """Return a layout as programs are told of it: places in degrees, depths as shares of the radius."""
    text, places = shown.boxes.text, shown.boxes.boxes
    return {
        "sha256": shown.specimen.sha256,
        "manufacturer": shown.specimen.manufacturer,
        "state": shown.state.value,
        "text": text,
        "outer": round(shown.boxes.band[0], 4),
        "inner": round(shown.boxes.band[1], 4),
        "characters": [
            {"start": round(start * 360, 2), "end": round(end * 360, 2), "character": text[n : n + 1]}
            for n, (start, end) in enumerate(places)
        ],
        "notes": list(shown.notes),
        "changed_by": shown.said.by if shown.said else None,
        "changed_at": shown.said.at.isoformat() if shown.said else None,
    }


def layout_picture(database: Database, sha256: str) -> bytes:
    """Return the impression as boxes are laid on it, 480 × 480 WebP; raises what `show_layout` does."""
    written = io.BytesIO()
    picture = show_layout(database, sha256).proposal.picture
    Image.fromarray(picture.pixels).save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return written.getvalue()


def drawn_layout(shown: LayoutView) -> bytes:
    """Return the impression with its boxes framed and numbered as PNG, 960 × 960."""
    written = io.BytesIO()
    picture = shown.proposal.picture
    drawn = draw_boxes(picture.pixels, shown.boxes.boxes, shown.boxes.band, picture.aspect)
    Image.fromarray(drawn).save(written, "PNG")
    return written.getvalue()


def who_said(database: Database, shown: LayoutView) -> str | None:
    """Return the name of whoever changed the boxes last, None where nobody did."""
    if shown.said is None:
        return None
    with database.reading() as connection:
        return people.names_of(connection, [shown.said.by]).get(shown.said.by, shown.said.by)


def _keep(database: Database, shown: LayoutView, said: CharacterLayout) -> LayoutView:
    sha256 = shown.specimen.sha256
    with database.transaction() as connection:
        repositories.put_layout(connection, sha256, said)
        detail = {"state": said.state.value, "text": said.text, "boxes": len(said.boxes)}
        events.put_audit(connection, now(connection), said.by, ACT, sha256, detail)
    return _view(replace(shown.specimen, layout=said), shown.proposal)


def _impression(database: Database, sha256: str) -> Specimen:
    found = {one.sha256: one for one in reversed(current_registry(database).specimens) if one.sha256.startswith(sha256)}
    if len(found) != 1:
        raise NotFoundError("impression")
    return next(iter(found.values()))


def _view(specimen: Specimen, proposal: Proposal) -> LayoutView:
    confirmed = specimen.confirmed_layout
    if confirmed is None or not fits(confirmed, proposal.ring):
        doubts = ("rim_moved",) if confirmed else ()
        proposed = proposal.boxes
        return LayoutView(specimen, proposal, LayoutState.PROPOSED, proposed, (*doubts, *notes(proposed, proposal)))
    boxes = Boxes(confirmed.text, confirmed.band, confirmed.boxes)
    return LayoutView(specimen, proposal, LayoutState.CONFIRMED, boxes, notes(boxes, proposal))


def _moment() -> datetime:
    return datetime.now(UTC)
