"""What the service bears: hostile uploads, waiting people, readers. `make bench-service` prints it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from samples.content import Plan
from samples.generate import plan_letters, write_set
from samples.making import sheets_of
from tests.benchmarks.process_tree import memory_mb
from tests.proofs.harness import letters_folder
from tests.service.postgres import free_port
from tests.service.recorded import letter
from tests.service.running import Running, running
from tests.service.serving import OPEN

HOSTILE = 100
HOSTILE_SECONDS = 12.0
READERS = 8
READ_SECONDS = 8.0
MEASURED_LETTERS = 40
"""Of each sort."""
WARMING = 4
"""Letters that are not timed: each worker's first ones load what it reads with."""
SEED = 909
_START = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'


@dataclass(frozen=True, slots=True)
class Hostile:
    """100 slow or lying uploads at once, and how others fared meanwhile."""

    uploads: int
    growth_mb_each: float
    others: int
    others_p95_ms: float
    others_failed: int


def hostile_uploads(home: Path, seconds: float = HOSTILE_SECONDS) -> Hostile:
    """Return how much memory the API's process grew by, and how honest uploads fared."""
    with running(home, f"sqlite:///{home}/bench.db", apis=1, workers=1) as service:
        _honest(service, 5)
        pid = service.apis[0].pid
        before, stopping = memory_mb(pid), threading.Event()
        threads = [threading.Thread(target=_hostile, args=(service, n, stopping)) for n in range(HOSTILE)]
        for thread in threads:
            thread.start()
        peak, times, failed, until = before, [], 0, time.monotonic() + seconds
        while time.monotonic() < until:
            took, bad = _honest(service, 1)
            times += took
            failed += bad
            peak = max(peak, memory_mb(pid))
        stopping.set()
        for thread in threads:
            thread.join()
    return Hostile(HOSTILE, (peak - before) / HOSTILE, len(times), _p95(times) * 1000, failed)


def _honest(service: Running, number: int) -> tuple[list[float], int]:
    times, failed = [], 0
    for _ in range(number):
        started = time.perf_counter()
        content = letter(str(started))
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.post(f"{service.url()}/v1/documents", files={"file": ("a.pdf", content)}, timeout=30)
            times.append(time.perf_counter() - started)
            failed += answer.status_code != 202
            continue
        failed += 1
    return times, failed


def _hostile(service: Running, number: int, stopping: threading.Event) -> None:
    """Drip a large file, stall behind a false length, or send more than allowed, over and over."""
    while not stopping.is_set():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", service.ports[0]), 10) as line:
            length = (20_000_000, 5_000_000, 90_000_000)[number % 3]
            line.sendall(
                b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                b"Content-Length: %d\r\n\r\n" % length + _START
            )
            if number % 3 == 1:
                stopping.wait()
            while not stopping.is_set():
                line.sendall(bytes(64 * 1024 if number % 3 == 2 else 16 * 1024))
                stopping.wait(0.05 if number % 3 == 2 else 0.2)


@dataclass(frozen=True, slots=True)
class Reads:
    """Reports read over kept-alive connections."""

    seconds: float
    reads: int
    p50_ms: float
    p99_ms: float
    bytes_each: int

    @property
    def per_second(self) -> float:
        """Reads a second."""
        return self.reads / self.seconds


def report_reads(home: Path, seconds: float = READ_SECONDS, letters: int = 50) -> Reads:
    """Return how fast reports are read by eight readers at once."""
    with running(home, f"sqlite:///{home}/bench.db", apis=1, workers=1) as service:
        paths = []
        for number in range(letters):
            answer = httpx.post(
                f"{service.url()}/v1/documents",
                files={"file": ("a.pdf", letter(f"read {number}"))},
                headers={"Prefer": "wait=60"},
                timeout=90,
            )
            paths.append(answer.json()["documents"][0]["report"])
        return asyncio.run(_read_all(service.ports[0], paths, seconds))


async def _read_all(port: int, paths: list[str], seconds: float) -> Reads:
    until = time.perf_counter() + seconds
    done = await asyncio.gather(*(_reader(port, paths[n:] + paths[:n], until) for n in range(READERS)))
    times = [took for some, _ in done for took in some]
    cuts = statistics.quantiles(times, n=100)
    return Reads(seconds, len(times), cuts[49] * 1000, cuts[98] * 1000, max(size for _, size in done))


async def _reader(port: int, paths: list[str], until: float) -> tuple[list[float], int]:
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    times, size = [], 0
    while time.perf_counter() < until:
        started = time.perf_counter()
        path = paths[len(times) % len(paths)]
        outgoing.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await incoming.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await incoming.readexactly(size)
        times.append(time.perf_counter() - started)
    outgoing.close()
    return times, size


@dataclass(frozen=True, slots=True)
class Answers:
    """How long people wait for a verdict, by sort of letter; seconds from sending to the answer that has it."""

    scans: tuple[Waited, ...]
    born_digital: tuple[Waited, ...]


@dataclass(frozen=True, slots=True)
class Waited:
    """One letter's answer: wall time of the request, and the CPU time that its report says reading took."""

    seconds: float
    cpu_seconds: float


def _in_words(sort: str, waited: tuple[Waited, ...], target: float) -> str:
    wall, cpu = [one.seconds for one in waited], [one.cpu_seconds for one in waited]
    return (
        f"{sort}: n={len(waited)}, p50 {statistics.median(wall):.2f} s, p95 {_p95(wall):.2f} s (asked for "
        f"{target:.0f} s on idle cores); CPU of reading p50 {statistics.median(cpu):.2f} s, p95 {_p95(cpu):.2f} s"
    )


def answers(home: Path, n: int = MEASURED_LETTERS) -> Answers:
    """Return how long up to `n` letters of each sort take, one after the other, with the real reader, two workers."""
    folders = _letters("scan", n), _letters("born_digital", n)
    port = free_port()
    command = [sys.executable, "-m", "verifier", "serve", "--port", str(port), "--workers", "2"]
    environment = os.environ | OPEN | {"VERIFIER_HOME": str(home / "real"), "OMP_NUM_THREADS": "1"}
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _await_workers(url)
        for folder in folders:
            records, csv = (folder / "records.csv").read_bytes(), {"Content-Type": "text/csv"}
            httpx.post(f"{url}/v1/records", content=records, headers=csv, timeout=60).raise_for_status()
        scans, born = map(_paths, folders)
        _timed(url, [*scans[:WARMING], *born[:WARMING]])
        return Answers(_timed(url, scans[WARMING:]), _timed(url, born[WARMING:]))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _letters(sort: str, n: int) -> Path:
    """Return a folder of `n` letters of one page, and some for warming up, that are or are not born digital."""
    folder = letters_folder(n + WARMING, SEED).with_name(f"{sort}-{SEED}-{n}")
    plans = plan_letters(n + WARMING, SEED, wanted=lambda plan: _is_single(plan) and _sort_of(plan) == sort)
    write_set(plans, folder, 1, [])
    return folder


def _is_single(plan: Plan) -> bool:
    return len(sheets_of(plan).pages) == 1


def _sort_of(plan: Plan) -> str:
    return "born_digital" if plan.capture.form == "pdf_born" else "scan"


def _paths(letters: Path) -> list[Path]:
    truths = map(json.loads, (letters / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    return [letters / one["file"] for one in truths]


def _await_workers(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(url + "/readyz", timeout=5).json().get("workers") == 2:
                return
        time.sleep(0.2)
    raise TimeoutError("the workers did not come up")


def _timed(url: str, paths: list[Path]) -> tuple[Waited, ...]:
    """Return the seconds that each letter took from sending to the answer with its verdict."""
    times = []
    for path in paths:
        content, started = path.read_bytes(), time.perf_counter()
        wait = {"Prefer": "wait=60"}
        answer = httpx.post(f"{url}/v1/documents", files={"file": (path.name, content)}, headers=wait, timeout=120)
        took = time.perf_counter() - started
        answer.raise_for_status()
        (document,) = answer.json()["documents"]
        report = httpx.get(url + document["report"], timeout=60).json()["reports"][0]
        times.append(Waited(took, report["seconds"]["total"]))
    return tuple(times)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18] if len(times) > 1 else float("nan")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=MEASURED_LETTERS, help="letters for the real reader")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder), asked.n):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def lines(folder: Path, n: int) -> list[str]:
    """Return the figures in words."""
    hostile = hostile_uploads(folder / "hostile")
    reads = report_reads(folder / "reads")
    waited = answers(folder, n)
    return [
        f"{hostile.uploads} slow or lying uploads at once: {hostile.growth_mb_each:.2f} MB growth each; meanwhile "
        f"{hostile.others} honest uploads, p95 {hostile.others_p95_ms:.0f} ms, {hostile.others_failed} failed",
        f"report reads: {reads.per_second:.0f} a second (n={reads.reads}, {reads.bytes_each} bytes each), "
        f"p50 {reads.p50_ms:.1f} ms, p99 {reads.p99_ms:.1f} ms",
        _in_words("one-page scans", waited.scans, 3),
        _in_words("born-digital letters of one page", waited.born_digital, 1),
    ]


if __name__ == "__main__":
    main()
