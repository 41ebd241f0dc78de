"""Examining files: in this process, or in worker processes that load their models once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from verifier.assembly import build_verifier
from verifier.errors import ProcessingError, VerifierError
from verifier.examination import Examination, decode_examinations, encode_examinations
from verifier.pipeline import Verifier
from verifier.record import Registry
from verifier.sandbox import Sandbox

Outcome = tuple[Examination, ...] | VerifierError
"""What was seen in a file, or why nothing was."""

WINDOW = 4
"""Files handed out ahead for each worker."""
TRIES = 2
"""A worker that dies may have been the machine's fault; a file that kills two is named and left."""


def examine_files(
    paths: Sequence[Path], registry: Registry, *, jobs: int, timeout_seconds: float
) -> Iterator[tuple[int, Outcome]]:
    """Yield (index, outcome) for every file as it is done; nothing a file does stops the others.

    Raises MissingEngineError before the first file where something to read with is absent.
    """
    if min(jobs, len(paths)) <= 1:
        yield from _here(paths, registry)
    else:
        yield from _in_workers(paths, registry, min(jobs, len(paths)), timeout_seconds)


def _here(paths: Sequence[Path], registry: Registry) -> Iterator[tuple[int, Outcome]]:
    with Sandbox() as sandbox:
        verifier = build_verifier(registry, sandbox)
        for index, path in enumerate(paths):
            yield index, examine_file(verifier, path)


def examine_file(verifier: Verifier, path: Path) -> Outcome:
    """Return what is seen in a file, or the error that says why nothing is."""
    try:
        return verifier.examine(path.read_bytes())
    except VerifierError as error:
        return error
    except OSError as error:
        return ProcessingError(f"{path.name} cannot be read: {error.strerror}")
    except Exception as error:  # noqa: BLE001  # the shell's converter: one file must not stop the others
        return ProcessingError(f"unforeseen {type(error).__name__}: {error}")


def _in_workers(
    paths: Sequence[Path], registry: Registry, jobs: int, timeout_seconds: float
) -> Iterator[tuple[int, Outcome]]:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # N workers with one thread each, not N times all cores
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=jobs, initializer=_start_worker, initargs=(registry,), context=context)
    try:
        yield from _windowed(pool, paths, jobs * WINDOW, timeout_seconds)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:  # also the caller's Ctrl-C: workers must not outlive the run
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _windowed(
    pool: ProcessPool, paths: Sequence[Path], window: int, timeout_seconds: float
) -> Iterator[tuple[int, Outcome]]:
    waiting = [(index, 1) for index in reversed(range(len(paths)))]
    running: dict[Future[bytes | VerifierError], tuple[int, int]] = {}
    while waiting or running:
        while waiting and len(running) < window:
            index, attempt = waiting.pop()
            future = pool.schedule(_examine_in_worker, args=(str(paths[index]),), timeout=timeout_seconds)
            running[future] = index, attempt
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for finished in done:
            index, attempt = running.pop(finished)
            outcome = _result_of(finished.result, timeout_seconds)
            if isinstance(outcome, ProcessingError) and outcome.detail == _DIED and attempt < TRIES:
                waiting.append((index, attempt + 1))
            else:
                yield index, outcome


_DIED = "the worker process died"


def _result_of(result: Callable[[], bytes | VerifierError], timeout_seconds: float) -> Outcome:
    try:
        answer = result()
    except FutureTimeoutError:
        return ProcessingError(f"it took longer than {timeout_seconds:.0f} s")
    except ProcessExpired:
        return ProcessingError(_DIED)
    except Exception as error:  # noqa: BLE001  # what a worker could not send back
        return ProcessingError(f"unforeseen {type(error).__name__}: {error}")
    if isinstance(answer, VerifierError):
        return answer
    return decode_examinations(answer)


# --- inside a worker --------------------------------------------------------------------------------------

_worker: tuple[Registry, list[Verifier]] | None = None


def _start_worker(registry: Registry) -> None:
    """Remember the registry; models are loaded with the first file, so that a worker without one stays small."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides when to stop
    _worker = (registry, [])


def _examine_in_worker(path: str) -> bytes | VerifierError:
    assert _worker is not None
    registry, loaded = _worker
    try:
        if not loaded:
            loaded.append(build_verifier(registry, Sandbox()))
    except VerifierError as error:
        return error
    outcome = examine_file(loaded[0], Path(path))
    return outcome if isinstance(outcome, VerifierError) else encode_examinations(outcome)
