"""What a child may not do, here and on systems that lack a part of the wall."""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from samples.hostile import honest_files
from tests.unit.opening.builders import letter, pdf
from tests.unit.opening.signing import identity, signed
from verifier.opening import open_document
from verifier.opening.confine import Allowance, hold, isolate
from verifier.opening.probes import PROBES, denied_probes
from verifier.opening.refusals import UnsafeSandboxError
from verifier.sandbox import Sandbox

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces, Landlock and filters are Linux's"),
]
LETTER = pdf(letter)


def in_child(work: Callable[[], object]) -> str:
    """Return what `work` returns in a forked child, as text; what it does to its process stays there."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(tell, repr(work()).encode())
        except Exception as error:  # noqa: BLE001  # the child's edge
            os.write(tell, repr(error).encode())
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as answers:
        said = answers.read().decode()
    os.waitpid(child, 0)
    return said


def probed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Restrict this process; return what the probes were denied and what the system did not offer."""
    walls = isolate()
    return denied_probes(lambda: hold(Allowance(), walls)), walls.notes


def without(call: str, first_argument: int | None = None) -> None:
    """Take a system call from this process and all it starts, as a kernel without it would."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(0x7FFF0000)))
    number = library.seccomp_syscall_resolve_name(call.encode())
    refuse = ctypes.c_uint32(0x00050000 | errno.ENOSYS)
    if first_argument is None:
        assert library.seccomp_rule_add_array(context, refuse, number, ctypes.c_uint(0), None) == 0
    else:
        fields = (ctypes.c_uint64 * 3)(4 << 32, first_argument, 0)  # argument 0 equals
        assert library.seccomp_rule_add_array(context, refuse, number, ctypes.c_uint(1), fields) == 0
    assert library.seccomp_load(context) == 0


def test_every_probe_is_denied():
    with Sandbox(official=True) as sandbox:
        status = sandbox.status()
        assert status.denied == PROBES
        assert status.isolated
        assert sandbox.open(LETTER).pages


def test_before_it_is_restricted_a_process_may_do_all_of_it():
    """The probes tell something: without the wall none is denied."""
    assert denied_probes(lambda: None) == ()


def test_root_becomes_a_user_that_owns_nothing():
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    with Sandbox() as sandbox:
        sandbox.status()
        status = Path(f"/proc/{sandbox.zygote_pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert "0" not in uids
    assert next(line for line in status.splitlines() if line.startswith("CapEff:")).split()[1] == "0" * 16
    assert "NoNewPrivs:\t1" in status


def test_an_ordinary_user_is_held_as_well():
    def as_user():
        os.setgroups([])
        os.setresgid(12345, 12345, 12345)
        os.setresuid(12345, 12345, 12345)
        return probed()

    if os.geteuid() != 0:
        pytest.skip("this run is an ordinary user's already")
    assert in_child(as_user) == repr((PROBES, ()))


@pytest.mark.parametrize("call", ["landlock_create_ruleset", "unshare"])
def test_without_one_wall_the_others_hold_and_the_missing_one_is_named(call):
    def crippled():
        without(call)
        return probed()

    said = in_child(crippled)
    assert said.startswith(f"({PROBES!r}"), said
    assert {"landlock_create_ruleset": "no Landlock", "unshare": "no network of its own"}[call] in said


def test_official_mode_refuses_to_start_where_no_filter_holds(tmp_path):
    """A kernel that refuses filters: the self-test ends before its first probe, and silence counts as allowed."""
    script = tmp_path / "start.py"
    script.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.integration.test_sandbox_walls import without\n"
        "without('prctl', 22)\n"
        "from verifier.__main__ import main\n"
        "sys.argv = ['verifier', 'verify', 'none.pdf']\n"
        "main()\n"
    )
    root = Path(__file__).parents[2]
    environment = os.environ | {"VERIFIER_OFFICIAL": "1", "VERIFIER_HOME": str(tmp_path), "PYTHONPATH": str(root)}
    ended = subprocess.run([sys.executable, script, root], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "official mode needs a complete sandbox (a child may still: open, socket" in ended.stderr
    assert "verifier doctor" in ended.stderr


def test_official_mode_opens_nothing_where_a_probe_was_allowed():
    with Sandbox(official=True) as sandbox:
        sandbox.status()
        sandbox._running[0].hello = type(sandbox._running[0].hello)((), PROBES[:-1])
        with pytest.raises(UnsafeSandboxError, match="ptrace"):
            sandbox.open(LETTER)


def test_behind_the_wall_a_file_says_what_it_says_before_it():
    """Nothing that parsers load late is missing: faces, tables of codes, codecs, modules for signatures."""
    samples = [*honest_files()][::60] + [s for s in honest_files() if "STSong" in s.name or "in Chinese" in s.name]
    with Sandbox(Allowance(second_opinion=False)) as sandbox:
        for sample in samples:
            document = sample.make()
            near, far = open_document(document), sandbox.open(document)
            assert near.findings == tuple(f for f in far.findings if f.code != "signature_status"), sample.name
            for one, other in zip(near.pages, far.pages, strict=True):
                assert np.array_equal(one.pixels, other.pixels), sample.name
                assert one.layer == other.layer, sample.name


_LISTENING = """
import sys
from verifier.opening.preload import load_everything
load_everything()
asked = []
sys.addaudithook(lambda event, args: event in ("open", "import") and asked.append((event, str(args[0]))))
from pathlib import Path
from verifier.opening.document import open_parts
from verifier.opening.opinion import second_opinion
from verifier.opening.signatures import signature_findings
asked.clear()
for file in sys.argv[1:]:
    document = open(file, "rb").read()
    asked.clear()
    layers = {part.number: part.layer for part in open_parts(document) if hasattr(part, "layer")}
    if document.startswith(b"%PDF"):
        second_opinion(document, layers)
        assert signature_findings(document, ())[0].shown != "ModuleNotFoundError"
    if asked:
        sys.exit(f"{file} asked for {asked}")
"""


def test_no_child_loads_anything_from_disk(tmp_path):
    """Python tells what it opens and imports; pdfium's faces are the one exception, and it opens them itself."""
    files = {f"{number}": sample.make() for number, sample in enumerate([*honest_files()][::45])}
    for kind in ("ecdsa", "rsa"):
        files[kind] = signed(LETTER, identity("北辰汽车有限公司", kind))
        files[f"{kind} twice"] = signed(files[kind], identity("another"), "Two")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-c", _LISTENING, *(str(tmp_path / name) for name in files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == 0, ended.stderr
