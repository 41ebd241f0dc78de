"""The page on which a registrar confirms where the characters of an impression stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from verifier.cases import seal_layouts
from verifier.cases.seal_layouts import Change, LayoutView
from verifier.seals.normalise import RADIUS, SIDE
from verifier.seals.pictures import LABEL_DEPTH, box_frame, label_place
from verifier.web import shapes
from verifier.web.deps import TheService
from verifier.web.pages.admin import administrator
from verifier.web.pages.rendering import going_to, render
from verifier.web.pages.visiting import Visiting
from verifier.web.seal_layouts import MOST_BOXES, TEXT, Degrees

router = APIRouter(prefix="/admin/seals/{sha256}", include_in_schema=False)
Percent = Annotated[float, Form(ge=0, le=100, allow_inf_nan=False)]
Places = Annotated[list[Degrees], Form(min_length=1, max_length=MOST_BOXES)]


@dataclass(frozen=True, slots=True)
class ShownBox:
    """One box for the template: its character, its numbers in degrees, and where it is drawn."""

    character: str
    start: float
    end: float
    outline: str
    """Points of an SVG polygon."""
    label: tuple[float, float]


def shown_boxes(shown: LayoutView) -> list[ShownBox]:
    """Return the boxes of an impression as they are drawn."""
    band, aspect, text = shown.boxes.band, shown.proposal.picture.aspect, shown.boxes.text
    made = []
    for number, box in enumerate(shown.boxes.boxes):
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in box_frame(box, band, aspect))
        x, y = (round(float(place), 1) for place in label_place(box, band, aspect))
        made.append(ShownBox(text[number : number + 1], box[0] * 360, box[1] * 360, outline, (x, y)))
    return made


def drawing(shown: LayoutView) -> dict[str, object]:
    """Return what the page's script needs to draw boxes by their numbers as the server does."""
    picture = shown.proposal.picture
    return {
        "side": SIDE,
        "radius": RADIUS,
        "aspect": picture.aspect,
        "labelDepth": LABEL_DEPTH,
        "angles": [round(float(angle), 5) for angle in shown.proposal.angles],
    }


@router.get("/layout")
def show_layout(request: Request, sha256: shapes.Digest, service: TheService, visit: Visiting) -> Response:
    """Show an impression with the boxes of its characters."""
    administrator(visit)
    shown = seal_layouts.show_layout(service.database, sha256)
    return render(
        request,
        "seal_layout.html",
        shown=shown,
        boxes=shown_boxes(shown),
        drawing=drawing(shown),
        by=seal_layouts.who_said(service.database, shown),
        most=MOST_BOXES,
    )


@router.get("/layout.webp")
def show_picture(sha256: shapes.Digest, service: TheService, visit: Visiting) -> Response:
    """Return the impression as boxes are laid on it."""
    picture = seal_layouts.layout_picture(service.database, sha256)
    return Response(picture, media_type="image/webp", headers={"Cache-Control": "private, max-age=600"})


@router.post("/layout")
def confirm(
    request: Request,
    sha256: shapes.Digest,
    service: TheService,
    visit: Visiting,
    text: Annotated[str, Form(pattern=TEXT)],
    outer: Percent,
    inner: Percent,
    start: Places,
    end: Places,
) -> Response:
    """Confirm the boxes as they were sent; one that has no end is refused."""
    boxes = tuple((first / 360, last / 360) for first, last in zip(start, end, strict=False))
    given = Change(text, outer / 100, inner / 100, boxes if len(start) == len(end) else ())
    seal_layouts.confirm_layout(service.database, sha256, given, administrator(visit).name)
    return going_to(request, f"/admin/seals/{sha256}/layout")


@router.post("/layout/withdrawal")
def take_back(request: Request, sha256: shapes.Digest, service: TheService, visit: Visiting) -> Response:
    """Have the software's own boxes hold again."""
    seal_layouts.take_back_layout(service.database, sha256, administrator(visit).name)
    return going_to(request, f"/admin/seals/{sha256}/layout")
