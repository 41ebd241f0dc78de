"""Where the characters of a registered impression stand: shown, confirmed, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from verifier.cases import seal_layouts
from verifier.cases.seal_layouts import Change, LayoutView
from verifier.record import LayoutState
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["seals and lists"])
MOST_BOXES = 40
"""As many characters as an arc may have (`seals.layout.MOST`)."""
TEXT = rf"^[^\s\x00-\x1f\x7f]{{1,{MOST_BOXES}}}$"
"""Carved characters, without spaces."""
Degrees = Annotated[float, Field(ge=0, le=720, allow_inf_nan=False)]
Depth = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Place(BaseModel):
    """Where a character starts and ends: degrees along the text, clockwise from three o'clock."""

    model_config = ConfigDict(extra="forbid")
    start: Degrees
    end: Degrees


class CharacterPlace(Place):
    """One character and its place."""

    character: str = Field(description="Empty where the text has fewer characters than there are places.")


class SealLayout(BaseModel):
    """The boxes by which seals are compared with an impression character by character."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "manufacturer": "北辰汽车有限公司",
                "state": "confirmed",
                "text": "北辰汽车有限公司",
                "outer": 0.053,
                "inner": 0.377,
                "characters": [{"character": "北", "start": 164.2, "end": 190.5}],
                "notes": [],
                "changed_by": "01k9zq3v7r8m2n4p6s0t1w5x9y",
                "changed_at": "2026-03-01T08:00:00Z",
            }
        }
    )
    sha256: str
    manufacturer: str
    state: LayoutState = Field(description="`proposed`: found by the software; `confirmed`: by a registrar.")
    text: str = Field(description="The carved characters, clockwise.")
    outer: float = Field(description="Where the text begins below the rim's mid-line, as a share of the radius.")
    inner: float = Field(description="Where it ends, the same way.")
    characters: list[CharacterPlace]
    notes: list[str] = Field(
        description="What to look at: characters_differ, other_text, ink_left_out, rim_moved; none keeps it from use."
    )
    changed_by: str | None = Field(description="Who confirmed it last or took it back.")
    changed_at: datetime | None

    @classmethod
    def of(cls, shown: LayoutView) -> SealLayout:
        """Return a layout as the API shows it."""
        return cls.model_validate(seal_layouts.described(shown))


class LayoutChange(BaseModel):
    """What a registrar says of the boxes; whatever is left out stays as it is shown."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"state": "confirmed"},
                {
                    "state": "confirmed",
                    "text": "北辰",
                    "outer": 0.05,
                    "inner": 0.38,
                    "characters": [{"start": 164.2, "end": 190.5}, {"start": 190.5, "end": 217.0}],
                },
                {"state": "proposed"},
            ]
        },
    )
    state: LayoutState = Field(description="`proposed` takes a confirmation back; the rest is then not looked at.")
    text: Annotated[str | None, Field(pattern=TEXT)] = None
    outer: Depth | None = None
    inner: Depth | None = None
    characters: Annotated[list[Place], Field(min_length=1, max_length=MOST_BOXES)] | None = None


@router.get("/seals/{sha256}/layout", responses=problems(404), summary="Show where a seal's characters stand")
def show_layout(sha256: shapes.Digest, service: TheService, asking: Asking) -> SealLayout:
    """Return the boxes of an impression's characters: confirmed, else as the software proposes them.

    An impression in whose picture no seal is found is answered 422 `impression_without_seal`.
    """
    return SealLayout.of(seal_layouts.show_layout(service.database, sha256))


@router.put("/seals/{sha256}/layout", responses=problems(404), summary="Confirm where a seal's characters stand")
def put_layout(sha256: shapes.Digest, change: LayoutChange, service: TheService, asking: Asking) -> SealLayout:
    """Confirm the boxes, changed or as they are shown, or take a confirmation back; workers compare by them at once.

    Boxes by which nothing could be compared are answered 422: `layout_count`, `layout_place`, `layout_empty_box`,
    `layout_off_text`.
    """
    if change.state is LayoutState.PROPOSED:
        return SealLayout.of(seal_layouts.take_back_layout(service.database, sha256, asking.name))
    given = change.characters
    places = None if given is None else tuple((one.start / 360, one.end / 360) for one in given)
    wanted = Change(change.text, change.outer, change.inner, places)
    return SealLayout.of(seal_layouts.confirm_layout(service.database, sha256, wanted, asking.name))
