"""Programs run on a disk that is too small or cannot be written: a file system of their own, mounted for them alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MOUNT = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
folder, size, filled, read_only = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "1"
NEW_USER, NEW_MOUNTS, PRIVATE, REMOUNT, READ_ONLY = 0x10000000, 0x20000, 1 << 18 | 16384, 32, 1
if libc.unshare(NEW_MOUNTS) != 0 and libc.unshare(NEW_USER | NEW_MOUNTS) != 0:
    sys.exit(77)
libc.mount(None, b"/", None, PRIVATE, None)
if libc.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, b"size=" + size.encode()) != 0:
    sys.exit(77)
if filled:
    with open(os.path.join(folder, "ballast"), "wb") as ballast:
        ballast.write(bytes(filled))
if read_only:
    libc.mount(None, folder.encode(), None, REMOUNT | READ_ONLY, None)
os.execv(sys.executable, [sys.executable, *sys.argv[5:]])
"""
CANNOT_MOUNT = 77


def run_on(
    folder: Path, *arguments: object, size: str = "4m", filled: int = 0, read_only: bool = False, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Return how Python ended with these arguments while a small disk lay on `folder`; CANNOT_MOUNT where none may."""
    mounting: Sequence[object] = (folder, size, filled, int(read_only))
    command = [sys.executable, "-c", _MOUNT, *map(str, mounting), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | settings
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
