"""CPU seconds and peak memory of a command with everything it starts (Linux, from /proc)."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02
"""Pause between two looks at the tree's memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    cpu_seconds: float
    """User and system time of the command and of every descendant that was waited for."""
    wall_seconds: float
    peak_pss_mb: float
    """Largest sum of proportional set sizes seen over the whole tree, in MB of 2^20 bytes."""
    exit_code: int
    output: str


def measure(command: list[str], *, environment: dict[str, str] | None = None, cwd: Path | None = None) -> Cost:
    """Run `command` to its end and return its cost."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | (environment or {}),
        cwd=cwd,
    )
    peak = Peak(process.pid)
    peak.start()
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak.stop()
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_pss_mb=peak.kilobytes / 1024,
        exit_code=process.returncode,
        output=output,
    )


def memory_mb(pid: int) -> float:
    """Return the proportional set size of one running process in MB of 2^20 bytes."""
    return _pss(pid) / 1024


class Peak(threading.Thread):
    """Samples the memory of a process tree until stopped; `kilobytes` is the largest sum of PSS so far."""

    def __init__(self, pid: int, pause_seconds: float = SAMPLE_SECONDS) -> None:
        super().__init__(daemon=True)
        self._pause_seconds = pause_seconds
        self._pid = pid
        self._done = threading.Event()
        self.kilobytes = 0

    def run(self) -> None:
        while not self._done.wait(self._pause_seconds):
            self.kilobytes = max(self.kilobytes, sum(_pss(pid) for pid in _tree(self._pid)))

    def stop(self) -> None:
        self._done.set()
        self.join()


def cpu_seconds() -> float:
    """Return the CPU time of this process and of every child that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def tree_pss_mb() -> float:
    """Return what this process and all below it hold now, in MB of 2^20 bytes."""
    return sum(_pss(pid) for pid in _tree(os.getpid())) / 1024


def cpu_seconds_of(pid: int) -> float:
    """Return what a running process, its descendants and those it waited for have used, to a hundredth."""
    ticks = 0
    for one in _tree(pid):
        try:
            after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # ended since: its parent's sum has it
            continue
        ticks += sum(map(int, after_name[11:15]))  # utime, stime, cutime, cstime
    return ticks / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in children.read_text().split())
            except OSError:  # the thread ended between listing and reading
                continue
    return found


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:  # the process ended
        pass
    return 0
