"""Commands of the service: serve, worker, backup, restore, delete, retention."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import click

from verifier import logs
from verifier.cases import auditing, keeping
from verifier.jobs.examiner import real_examiner
from verifier.jobs.sender import Sender
from verifier.jobs.supervisor import Supervisor
from verifier.jobs.worker import Worker
from verifier.settings import Settings
from verifier.store.database import Database
from verifier.web import server

DOCUMENT_SECONDS = 300.0
"""Wall clock for one document: fifty times what a hundred-page scan takes on one core."""
TIDY_SECONDS = 3600.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True, help="Server processes.")
@click.option("--workers", type=click.IntRange(0), help="Worker processes (default: one a core; 0 for none).")
@click.option("--open-access", is_flag=True, help="Nobody logs in; on this machine only (VERIFIER_OPEN_ACCESS=1).")
def serve(host: str, port: int, processes: int, workers: int | None, open_access: bool) -> None:
    """Serve the API, with workers beside it."""
    if open_access:
        os.environ["VERIFIER_OPEN_ACCESS"] = "1"  # the server's processes read it
    settings = Settings.from_environment()
    server.refuse_open_address(host, settings)
    logs.to_stderr()
    with database_of(settings).reading():
        pass  # migrate, or say at once what is wrong
    helpers = _Helpers(settings, settings.jobs if workers is None else workers)
    helpers.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server hands the signal on once it has closed
    try:
        server.serve(host, port, processes, behind_proxy=settings.is_https)
    finally:
        helpers.stop()


@click.command()
@click.option("--one", is_flag=True, help="Be one worker, not the process that keeps several running.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes (default: one a core).")
@click.option("--timeout", type=click.FloatRange(1), default=DOCUMENT_SECONDS, help="Seconds for one document.")
def worker(one: bool, workers: int | None, timeout: float) -> None:
    """Work on what was uploaded, until told to stop."""
    settings = Settings.from_environment()
    logs.to_stderr()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if one:
        store, share = database_of(settings, pooled=True), settings.control_share
        Worker(store, real_examiner, timeout, stopping=stopping, control_share=share).run()
        return
    helpers = _Helpers(settings, workers or settings.jobs)
    helpers.start()
    stopping.wait()
    helpers.stop()


class _Helpers:
    """What runs beside a server or by itself: workers, the webhook sender, tidying up."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._stopping = threading.Event()
        self._database, self._settings = database_of(settings), settings
        supervisor = Supervisor(workers, stopping=self._stopping)
        sender = Sender(self._database, settings.private_webhooks, self._stopping)
        runs = (supervisor.run, sender.run, self._tidy) if workers else ()
        self._threads = [threading.Thread(target=run, name=run.__qualname__) for run in runs]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _tidy(self) -> None:
        while not self._stopping.is_set():
            keeping.tidy(self._database)
            auditing.sign_what_is_new(self._database, self._settings.audit_key)
            self._stopping.wait(TIDY_SECONDS)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Save database and blobs into a new FOLDER while the service goes on."""
    saved = keeping.back_up(database_of(Settings.from_environment()), folder)
    click.echo(f"{saved.rows} rows and {saved.blobs} files saved in {folder}", err=True)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Bring a backup FOLDER into the empty database that is set, SQLite or PostgreSQL."""
    saved = keeping.restore(database_of(Settings.from_environment()), folder)
    click.echo(f"{saved.rows} rows and {saved.blobs} files restored", err=True)


@click.command()
@click.argument("documents", nargs=-1, required=True)
def delete(documents: tuple[str, ...]) -> None:
    """Remove the content and personal data of DOCUMENTS; hash, verdict and audit entries stay."""
    database = database_of(Settings.from_environment())
    for document in documents:
        keeping.delete_document(database, document, "operator")
    click.echo(f"{len(documents)} documents deleted", err=True)


@click.command()
@click.option("--days", type=click.FloatRange(0), required=True, help="Keep what was uploaded within so many days.")
def retention(days: float) -> None:
    """Delete, as `delete` does, every judged document that was uploaded earlier."""
    database = database_of(Settings.from_environment())
    number = keeping.delete_older(database, days, "retention")
    keeping.tidy(database)
    click.echo(f"{number} documents deleted", err=True)


def database_of(settings: Settings, *, pooled: bool = False) -> Database:
    """Return the store of these settings."""
    return Database(settings.database_url, blobs=settings.blobs, pooled=pooled)


COMMANDS = (serve, worker, backup, restore, delete, retention)
