"""Files that pages load: their addresses change with their content, so browsers may keep them."""

from __future__ import annotations

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

YEAR = "public, max-age=31536000, immutable"
LATER = "no-cache"


class KeptFiles(StaticFiles):
    """Static files; those with a version in their address are kept for a year, others are asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        answer = await super().get_response(path, scope)
        versioned = path.startswith("vendor/") or scope.get("query_string", b"").startswith(b"v=")
        answer.headers["Cache-Control"] = YEAR if versioned else LATER
        return answer
