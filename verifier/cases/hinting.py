"""Use-case: whose seal it might be, where the impressions it was compared with are not its own. A hint, no finding."""

from __future__ import annotations

import threading
from itertools import islice
from weakref import WeakKeyDictionary

from verifier.cases.judging import registry_revision
from verifier.cases.presenting_registry import current_registry
from verifier.examination import Likeness, Seal
from verifier.record import Registry, SpecimenStatus
from verifier.seals.hint import Hint, SealIndex, spectrum_of
from verifier.store import seal_spectra
from verifier.store.database import Database

SPECTRUM_VERSION = 1
"""Of what is kept of an impression; another one where `verifier/seals/hint.py` changes what a spectrum holds."""
UNLIKE = 0.70
"""Correlations below this name nobody: 50 worn seals at 200 dpi, half of them under print, reached 0.80 to 0.95 with
their own maker's impression and 0.53 (median) to 0.72 with the likeliest of 159 others."""
MOST_AT_ONCE = 100
"""Impressions looked at for one question, 50 ms each: those of an older database are worked through in several."""

_kept: WeakKeyDictionary[Database, tuple[int, bool, SealIndex]] = WeakKeyDictionary()
_turn = threading.Lock()


def likeliest(database: Database, seal: Seal) -> tuple[Hint, ...]:
    """Return up to three makers whose active impressions a seal is most like, best first.

    Empty where it equals the impression it was compared with, where its ink was not kept, and where nothing is like it.
    """
    compared = seal.comparison
    if not seal.ink or (compared is not None and compared.likeness is Likeness.SAME):
        return ()
    return tuple(hint for hint in _index(database).likeliest(seal.ink) if hint.likeness >= UNLIKE)


def _index(database: Database) -> SealIndex:
    """Return the index of the active impressions as of now; worked out again where the registry changed."""
    with _turn:
        revision = registry_revision(database)
        kept = _kept.get(database)
        if kept is None or kept[0] != revision or not kept[1]:
            whole, index = _made(database, current_registry(database))
            kept = _kept[database] = (revision, whole, index)
        return kept[2]


def _made(database: Database, registry: Registry) -> tuple[bool, SealIndex]:
    """Return the index and whether every impression is in it; what was not worked out before is, and kept."""
    active = [s for s in registry.specimens if s.status is SpecimenStatus.ACTIVE]
    with database.reading() as connection:
        known = seal_spectra.get_all(connection, SPECTRUM_VERSION)
    missing = {s.sha256: s for s in active if s.sha256 not in known}
    fresh = {sha256: spectrum_of(specimen) for sha256, specimen in islice(missing.items(), MOST_AT_ONCE)}
    if fresh:
        with database.transaction() as connection:
            seal_spectra.put_all(connection, SPECTRUM_VERSION, fresh)
    spectra = [(s.manufacturer, (known | fresh).get(s.sha256, b"")) for s in active]
    return len(missing) <= MOST_AT_ONCE, SealIndex.of(spectra)
