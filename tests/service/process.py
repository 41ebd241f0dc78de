"""Processes of the service, as tests start and kill them: forked from one that has imported everything.

It reads `api PORT` or `worker` from stdin, a line each, and answers with the new process's number. Starting
Python anew takes seconds on a busy machine; a fork takes milliseconds, and dies of kill −9 just the same.
"""

from __future__ import annotations

import os
import random
import signal
import sys

import uvicorn

from tests.service.recorded import recorded_examiner
from verifier import logs
from verifier.cli import service
from verifier.jobs.worker import Worker
from verifier.settings import Settings
from verifier.web.app import from_environment


def main() -> None:
    """Fork what stdin asks for, until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            random.seed()
            run(line.split())
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def run(what: list[str]) -> None:
    """Be one process of the service; settings come from the environment."""
    logs.to_stderr()
    if what[0] == "api":
        uvicorn.run(from_environment(), port=int(what[1]), log_config=None, access_log=False)
    else:
        seconds = float(os.environ.get("TEST_DOCUMENT_SECONDS", "20"))
        Worker(service.database_of(Settings.from_environment(), pooled=True), recorded_examiner, seconds).run()


if __name__ == "__main__":
    main()
