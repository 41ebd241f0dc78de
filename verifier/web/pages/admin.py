"""Pages of administration: seals, records and lists, settings."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy.engine import make_url

from verifier import __version__
from verifier.cases import auditing, presenting_office, recording
from verifier.cases.office import Registration
from verifier.cases.presenting_registry import current_registry
from verifier.record import SpecimenStatus
from verifier.settings import Settings
from verifier.web import shapes
from verifier.web.auth import NotAllowedError, Principal
from verifier.web.deps import Service, TheService
from verifier.web.pages.rendering import ADMINISTRATION, Visit, going_to, may, pages_for, render
from verifier.web.pages.visiting import Visiting
from verifier.web.registry import SendingSeal

router = APIRouter(prefix="/admin", include_in_schema=False)
LARGEST_CSV = 8 * 1024 * 1024
AUDIT_PAGE = 100
SEALS_PAGE = 25
THUMBNAIL = 144


class Table(StrEnum):
    """What can be imported."""

    RECORDS = "records"
    MAKERS = "makers"
    ANNOUNCEMENTS = "announcements"
    CCC = "ccc"


def administrator(visit: Visit) -> Principal:
    """Return who asks; the table of routes lets nobody else come here."""
    assert visit.principal, "every route of administration has a rule in web/access.py"
    return visit.principal


@router.get("")
def start(visit: Visiting) -> Response:
    """Go to the first page of administration."""
    assert visit.principal
    return RedirectResponse(pages_for(visit.principal, ADMINISTRATION)[0][0], 303)


@router.get("/seals")
def show_seals(
    request: Request, service: TheService, visit: Visiting, after: Annotated[int, Query(ge=0, le=10**6)] = 0
) -> Response:
    """Show the registered impressions with their quality."""
    administrator(visit)
    return _seals(request, service, after, None)


def _seals(request: Request, service: Service, after: int, result: Registration | None) -> Response:
    registry, seals = presenting_office.registered_seals(service.database, after, SEALS_PAGE)
    following = after + SEALS_PAGE if after + SEALS_PAGE < len(registry.specimens) else None
    name = "admin_seals_more.html" if after else "admin_seals.html"
    total = len(registry.specimens)
    return render(request, name, total=total, seals=seals, next=following, result=result)


@router.get("/seals/{sha256}/thumbnail")
def show_thumbnail(sha256: shapes.Digest, service: TheService, visit: Visiting) -> Response:
    """Return a small picture of an impression."""
    picture = presenting_office.impression_picture(service.database, sha256, THUMBNAIL)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@router.post("/seals")
def register_seal(request: Request, service: TheService, visit: Visiting, sent: SendingSeal) -> Response:
    """Register an impression and say how good it is."""
    return _seals(request, service, 0, sent.register(service.database, administrator(visit).name))


@router.post("/seals/{sha256}")
def set_status(
    request: Request,
    sha256: shapes.Digest,
    service: TheService,
    visit: Visiting,
    status: Annotated[SpecimenStatus, Form()],
) -> Response:
    """Retire an impression, note its seal as lost, or take it back into use."""
    recording.retire_seal(service.database, sha256, status, administrator(visit).name)
    return going_to(request, "/admin/seals")


def importable(who: Principal) -> tuple[Table, ...]:
    """Return what somebody may import: records and lists are different people's tasks."""
    lists = may(who, "PUT", "/v1/lists/{name}")
    records = may(who, "POST", "/v1/records")
    return tuple(one for one in Table if (records if one is Table.RECORDS else lists))


@router.get("/imports")
def show_imports(request: Request, service: TheService, visit: Visiting) -> Response:
    """Show what can be imported and what was."""
    tables = importable(administrator(visit))
    registry = current_registry(service.database)
    return render(request, "admin_imports.html", registry=registry, preview=None, done=None, tables=tables)


@router.post("/imports")
def import_table(
    request: Request,
    service: TheService,
    visit: Visiting,
    table: Annotated[Table, Form()],
    file: Annotated[UploadFile, File()],
    step: Annotated[str, Form(pattern="^(preview|import)$")] = "preview",
) -> Response:
    """Show what an import would do; do it where that was seen and asked for."""
    who = administrator(visit)
    if table not in importable(who):
        raise NotAllowedError
    content = file.file.read(LARGEST_CSV + 1)
    seen = presenting_office.preview(table.value, content)
    if len(content) > LARGEST_CSV:
        seen = replace(seen, problems=("the file is larger than 8 MB",))
    done: int | None = None
    if step == "import" and seen.is_good:
        if table is Table.RECORDS:
            recording.import_csv(service.database, content, who.name, who.office)
        else:
            recording.put_list(service.database, table.value, content, who.name)
        done = seen.usable
    if request.headers.get("hx-request"):
        return render(request, "admin_preview.html", preview=seen, done=done)
    registry = current_registry(service.database)
    return render(request, "admin_imports.html", registry=registry, preview=seen, done=done, tables=importable(who))


@router.get("/audit")
def show_audit(
    request: Request,
    service: TheService,
    visit: Visiting,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Response:
    """Show who did what, and whether the chain of entries holds."""
    who = administrator(visit)
    owners = who.limited_to or frozenset()
    found = auditing.list_entries(service.database, owners, who.person.office_id, after, AUDIT_PAGE + 1)
    following = found[AUDIT_PAGE - 1].id if len(found) > AUDIT_PAGE else None
    if after:
        return render(request, "admin_audit_more.html", entries=found[:AUDIT_PAGE], next=following)
    trusted = auditing.public_key(auditing.signing_key(service.settings.audit_key))
    checked = auditing.verify(service.database, (), trusted)
    return render(request, "admin_audit.html", entries=found[:AUDIT_PAGE], next=following, checked=checked)


@router.get("/settings")
def show_settings(request: Request, service: TheService, visit: Visiting) -> Response:
    """Show how this service is set up; settings come from its environment and are changed there."""
    administrator(visit)
    shown = shown_settings(service.settings)
    return render(request, "admin_settings.html", settings=shown, version=__version__)


def shown_settings(settings: Settings) -> list[tuple[str, str]]:
    """Return settings by the variables that set them; what is secret is not among them."""
    return [
        ("VERIFIER_HOME", str(settings.home)),
        ("VERIFIER_DATABASE_URL", make_url(settings.database_url).render_as_string(hide_password=True)),
        ("VERIFIER_BLOBS", str(settings.blobs)),
        ("VERIFIER_JOBS", str(settings.jobs)),
        ("VERIFIER_QUEUE_LIMIT", str(settings.queue_limit)),
        ("VERIFIER_PUBLIC_URL", settings.public_url or "—"),
        ("VERIFIER_CONTROL_SHARE", f"{settings.control_share:.2%}"),
        ("VERIFIER_UNDO_SECONDS", f"{settings.undo_seconds:.0f}"),
        ("VERIFIER_OIDC_ISSUER", settings.oidc.issuer if settings.oidc else "—"),
        ("VERIFIER_OFFICE", settings.office),
    ]
