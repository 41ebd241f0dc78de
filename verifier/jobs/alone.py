"""A document looked at in a process of its own, after it ended the worker it was looked at in."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection, wait

from verifier.errors import ProcessingError, VerifierError
from verifier.examination import Examination, decode_examinations, encode_examinations
from verifier.jobs.examiner import MakeExaminer
from verifier.record import Registry

EXIT_ORPHANED = 71


def examine_alone(
    make: MakeExaminer, registry: Registry, document: bytes, timeout_seconds: float
) -> tuple[Examination, ...] | VerifierError:
    """Return what a fresh process sees in the document, or why it sees nothing; its death costs nobody else."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(make, registry, document, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(timeout_seconds):
            return ProcessingError(f"it took longer than {timeout_seconds:.0f} s")
        answer = ours.recv()
    except EOFError:
        return ProcessingError("the process that looked at it alone died")
    finally:
        child.kill()
        child.join()
        ours.close()
    return answer if isinstance(answer, VerifierError) else decode_examinations(answer)


def _child(make: MakeExaminer, registry: Registry, document: bytes, answers: Connection) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        examiner = make(registry)
        answers.send(encode_examinations(examiner.examine(document)))
        examiner.close()
    except VerifierError as error:
        answers.send(error)
    except Exception as error:  # noqa: BLE001  # the process's edge: whatever it was, the worker must hear of it
        answers.send(ProcessingError(f"unforeseen {type(error).__name__}"))


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(EXIT_ORPHANED)
