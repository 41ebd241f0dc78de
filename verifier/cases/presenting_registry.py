"""Use-case: the office's registry for pages, kept as long as nothing of it changes. Read only."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from verifier.cases import judging
from verifier.record import Registry
from verifier.store.database import Database

_kept: WeakKeyDictionary[Database, tuple[int, Registry]] = WeakKeyDictionary()
_turn = threading.Lock()


def current_registry(database: Database) -> Registry:
    """Return makers, lists and impressions as of now.

    Fetching every impression takes a while with some thousands; the database counts changes, so that one look tells
    whether what was fetched still holds.
    """
    revision = judging.registry_revision(database)
    with _turn:
        kept = _kept.get(database)
        if kept is None or kept[0] != revision:
            kept = _kept[database] = (revision, judging.load_registry(database))
        return kept[1]
