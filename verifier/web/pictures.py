"""Pictures: pages as they were read, crops of them, seals found on them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from verifier.cases.viewing import LARGEST_WIDTH, PICTURE_TYPE
from verifier.page import Box
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.documents import find_upload
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/documents/{document}", tags=["pictures"])
KEEP = {"Cache-Control": "private, max-age=300"}
BOX_PATTERN = r"^(0|1|0?\.\d{1,12}|1\.0{1,12})(,(0|1|0?\.\d{1,12}|1\.0{1,12})){3}$"


def _picture(*types: str) -> dict[int | str, dict[str, Any]]:
    content = {media: {"schema": {"type": "string", "format": "binary"}} for media in types}
    return {200: {"description": "The picture", "content": content}, **problems(404, 409, 410)}


@router.get("/pages/{page}", response_class=Response, responses=_picture(PICTURE_TYPE), summary="Show a page")
def show_page(
    document: shapes.Identifier,
    page: shapes.PageNumber,
    service: TheService,
    asking: Asking,
    width: Annotated[int, Query(ge=1, le=LARGEST_WIDTH, description="Pixels, rounded up to the next size.")] = 1200,
) -> Response:
    """Return the upright page that a report's boxes refer to, in the width asked for; never the raw scan."""
    picture = service.viewer.page(find_upload(service, asking, document), page, width)
    return Response(picture, media_type=PICTURE_TYPE, headers=KEEP)


@router.get("/pages/{page}/crop", response_class=Response, responses=_picture("image/png"), summary="Show a crop")
def show_crop(
    document: shapes.Identifier,
    page: shapes.PageNumber,
    service: TheService,
    asking: Asking,
    box: Annotated[
        str,
        Query(pattern=BOX_PATTERN, description="x0,y0,x1,y1 in fractions of the page.", examples=["0.1,0.2,0.5,0.3"]),
    ],
) -> Response:
    """Return a part of a page, for example the box of a field or a check's evidence."""
    x0, y0, x1, y1 = (float(value) for value in box.split(","))
    ordered = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    picture = service.viewer.crop(find_upload(service, asking, document), page, ordered)
    return Response(picture, media_type="image/png", headers=KEEP)


@router.get(
    "/seals/{index}",
    response_class=Response,
    responses=_picture(PICTURE_TYPE, "image/png"),
    summary="Show a seal",
)
def show_seal(
    document: shapes.Identifier,
    index: Annotated[int, shapes.Path(ge=0, le=999, description="Position in the report's `seals`, from 0.")],
    service: TheService,
    asking: Asking,
    part: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """Return a seal that was found, normalised to 480 × 480."""
    picture, media = service.viewer.seal(find_upload(service, asking, document), part, index)
    return Response(picture, media_type=media, headers=KEEP)
