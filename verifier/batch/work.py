"""What an engine runs, and how a worker is stopped that would never stop by itself."""

from __future__ import annotations

import faulthandler
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from verifier.batch.shards import Shard

T = TypeVar("T")
Answer = tuple[Shard[T], bytes | None]
"""A shard and what came of it; None where it stopped its worker."""
EXIT_LATE = 75
"""How a worker ends itself that is over its time."""
GRACE_SECONDS = 5.0
"""A native loop that never lets Python run is ended from outside it this much later."""


class Work(Protocol[T]):
    """Something done to shards. It is pickled to the workers: small, and with what is costly loaded there."""

    def process(self, shard: Shard[T], *, killable: bool) -> bytes:
        """Return what came of a shard; `killable` says that this process may be ended from inside.

        Raises VerifierError only where no shard can succeed (a missing engine, a database that is gone).
        """


@contextmanager
def time_limit(seconds: float, late: Callable[[], None]) -> Iterator[None]:
    """End this process where the body takes longer than `seconds`, after calling `late`.

    Inference in C++ cannot be interrupted, so the process goes. The second line of defence does not depend on
    Python running at all.
    """
    timer = threading.Timer(seconds, _stop, (late,))
    timer.daemon = True
    timer.start()
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds + GRACE_SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            timer.cancel()
            faulthandler.cancel_dump_traceback_later()


def _stop(late: Callable[[], None]) -> None:
    try:
        late()
    finally:
        os._exit(EXIT_LATE)
