"""A client of the API, as tests send letters with it."""

from __future__ import annotations

import httpx

from tests.service.recorded import letter


def upload(api: httpx.Client, *contents: bytes, wait: int = 60, **fields: str) -> httpx.Response:
    """Send files and return the answer, by default once it has verdicts."""
    files = [("file", (f"letter-{n}.pdf", content, "text/plain")) for n, content in enumerate(contents)]
    return api.post("/v1/documents", files=files, data=fields, headers={"Prefer": f"wait={wait}"} if wait else {})


def judged(api: httpx.Client, text: str, **fields: str) -> str:
    """Return the identifier of a letter that was sent and has its verdict."""
    answer = upload(api, letter(text), **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["documents"][0]["id"])
