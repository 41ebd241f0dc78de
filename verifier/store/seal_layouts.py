"""What registrars said of where characters stand on registered impressions: one row an impression, the last word."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, delete, insert, select

from verifier.record import CharacterLayout, LayoutState
from verifier.store.tables import seal_layouts as table


def put(connection: Connection, sha256: str, layout: CharacterLayout) -> None:
    """Keep a registrar's word on an impression in place of the last one."""
    places = {"text": layout.text, "band": layout.band, "boxes": layout.boxes, "ring": layout.ring}
    connection.execute(delete(table).where(table.c.sha256 == sha256))
    connection.execute(
        insert(table).values(
            sha256=sha256,
            state=layout.state.value,
            layout=json.dumps(places, ensure_ascii=False) if layout.state is LayoutState.CONFIRMED else None,
            changed_by=layout.by,
            changed_at=layout.at.timestamp(),
        )
    )


def get_all(connection: Connection) -> dict[str, CharacterLayout]:
    """Return the last word on every impression that has one, by the digest of its file."""
    return {row.sha256: _layout(row) for row in connection.execute(select(table))}


def _layout(row: Row[tuple[object, ...]]) -> CharacterLayout:
    values = row._mapping
    said = CharacterLayout(
        LayoutState(values["state"]), values["changed_by"], datetime.fromtimestamp(values["changed_at"], UTC)
    )
    if values["layout"] is None:
        return said
    places = json.loads(values["layout"])
    return CharacterLayout(
        said.state,
        said.by,
        said.at,
        places["text"],
        tuple(places["band"]),
        tuple((start, end) for start, end in places["boxes"]),
        tuple(places["ring"]),
    )
