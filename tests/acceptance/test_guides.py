"""The guides are true: curl commands and client are run as they stand; checks, files and commands named exist."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from PIL import Image

from tests.service.recorded import DAMAGED, letter, troublesome
from tests.service.serving import Served, serving
from verifier.cases import people
from verifier.cases.webhooks import new_secret, sign
from verifier.cli import cli
from verifier.rules.catalogue import catalogue

GUIDE = Path(__file__).parents[2] / "docs" / "guide-integrators.md"
LETTERS = GUIDE.parents[1] / "samples" / "letters"
LOGIN = "program.office"
PASSWORD = "four words of a guide"

pytestmark = pytest.mark.acceptance


def blocks(language: str) -> list[str]:
    """Return the guide's blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server that asks for logins, with a worker."""
    home = tmp_path_factory.mktemp("guide")
    with serving(home, settings={"VERIFIER_OPEN_ACCESS": ""}) as running:
        yield running


@pytest.fixture(scope="module")
def done_with_curl(service: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the guide's commands print, the token last; run one after the other, as a reader would."""
    database = service.service.database
    people.bootstrap(database, "北方商务局", "admin.office", "Admin", actor="test")
    with database.reading() as connection:
        office = people.people.find_organisation(connection, "北方商务局")
    assert office is not None
    newcomer = people.Newcomer(LOGIN, "Program", people.Role.OFFICIAL)
    invited = people.add_person(database, office.id, newcomer, actor="test")
    folder = tmp_path_factory.mktemp("reader")
    shutil.copy(LETTERS / "genuine_ruled_table_born_digital.pdf", folder / "letter.pdf")
    values = {
        "URL": service.url,
        "LOGIN": LOGIN,
        "PASSWORD": PASSWORD,
        "CODE": invited.invitation,
        "LETTER": "letter.pdf",
    }
    script = "\n".join(["set -euo pipefail", *blocks("bash"), 'echo "$TOKEN"'])
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=os.environ | values,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    with Image.open(folder / "page-1") as page:
        assert min(page.size) > 500
    return run.stdout


def test_the_curl_commands_lead_to_a_report(done_with_curl: str) -> None:
    assert '"flagged"' in done_with_curl
    assert '"missing"' in done_with_curl


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the guide's client as a file."""
    (code,) = blocks("python")
    path = tmp_path_factory.mktemp("client") / "judge.py"
    path.write_text(code, encoding="utf-8")
    return path


def judge(client: Path, service: Served, token: str, document: bytes) -> subprocess.CompletedProcess[str]:
    """Run the client on a document."""
    path = client.with_name("letter.pdf")
    path.write_bytes(document)
    settings = {"VERIFIER_URL": service.url, "VERIFIER_TOKEN": token}
    command = [sys.executable, str(client), str(path), "AP-2"]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, timeout=120, check=False)


def test_the_client_says_the_verdict_and_what_to_mend(client: Path, service: Served, done_with_curl: str) -> None:
    token = done_with_curl.split()[-1]
    said = judge(client, service, token, letter("of the client"))
    assert said.returncode == 0, said.stderr
    head, *rows = said.stdout.splitlines()
    assert head.split()[1] == "flagged"
    assert any(row.startswith("  record.found [") for row in rows)
    again = judge(client, service, token, letter("of the client"))
    assert again.stdout.split()[0] == head.split()[0]  # sent again, it is the same document


def test_the_client_says_why_there_is_no_verdict(client: Path, service: Served, done_with_curl: str) -> None:
    said = judge(client, service, done_with_curl.split()[-1], troublesome(DAMAGED))
    assert (said.returncode, said.stdout.split()[1]) == (0, "unreadable")


def test_the_client_says_what_the_service_refuses(client: Path, service: Served) -> None:
    said = judge(client, service, "no token", letter("of nobody"))
    assert (said.returncode, said.stderr.split(":")[0]) == (1, "login_required")


def loaded(client: Path) -> ModuleType:
    """Return the client as a module."""
    spec = importlib.util.spec_from_file_location("judge", client)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_client_knows_its_webhooks(client: Path) -> None:
    module, secret, now = loaded(client), new_secret(), int(time.time())
    body = json.dumps({"type": "document.judged"}).encode()

    def headers(at: int, key: str = secret) -> dict[str, str]:
        signature = sign(key, "msg_1", at, body)
        return {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": signature}

    assert module.is_from_service(secret, headers(now), body)
    assert not module.is_from_service(secret, headers(now), body + b" ")
    assert not module.is_from_service(secret, headers(now, new_secret()), body)
    assert not module.is_from_service(secret, headers(now - 3600), body)


WORDED = ("guide-exporters.md", "guide-officials.md", "guide-integrators.md", "extending.md", "../README.md")
CHECK = re.compile(r"^(?:document|letter|vin|record|seal|notice|certificate)\.[a-z_]+$")
OWN = ("verifier/", "models/", "tests/", "samples/", "deploy/", ".ci/")


def quoted(name: str) -> list[str]:
    """Return what stands between backquotes in a document."""
    return re.findall(r"`([^`\n]+)`", (GUIDE.parent / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", WORDED)
def test_checks_that_a_guide_names_exist(name: str) -> None:
    suffixes = (".py", ".toml", ".csv", ".jsonl", ".md", ".txt")
    named = {word for word in quoted(name) if CHECK.match(word) and not word.endswith(suffixes)}
    assert named <= set(catalogue()), named - set(catalogue())


@pytest.mark.parametrize("name", WORDED)
def test_files_that_a_guide_names_exist(name: str) -> None:
    named = {word for word in quoted(name) if word.startswith(OWN) and " " not in word}
    assert [word for word in sorted(named) if not list(GUIDE.parents[1].glob(word))] == []
    links = re.findall(r"\]\(([^)#:]+)", (GUIDE.parent / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (GUIDE.parent / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("name", WORDED)
def test_commands_that_a_guide_names_exist(name: str) -> None:
    text = (GUIDE.parent / name).read_text(encoding="utf-8")
    makes = set(re.findall(r"`make ([a-z0-9-]+)", text))
    targets = set(
        re.findall(r"^([a-z0-9-]+):", (GUIDE.parents[1] / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert makes <= targets, makes - targets
    for first, second in re.findall(r"(?:^|`|/)verifier ([a-z]+)(?: ([a-z-]+))?", text, re.MULTILINE):
        command = cli.commands.get(first)
        assert command is not None, first
        if isinstance(command, click.Group):
            assert second in command.commands, f"{first} {second}"
