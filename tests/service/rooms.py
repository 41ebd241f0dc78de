"""The web application with people logged in: each with a client of their own, cookie and CSRF token at hand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.service.parties import PASSWORD, Parties, Party
from tests.service.serving import Served, serving
from verifier.cases import people

LOGIN_NEEDED = {"VERIFIER_OPEN_ACCESS": ""}


@dataclass
class Rooms:
    """A server, the parties behind it, and a client for each of their people, by `role.office`."""

    served: Served
    parties: Parties
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def __getitem__(self, who: str) -> httpx.Client:
        return self.clients[who]

    @property
    def url(self) -> str:
        """Where the server answers."""
        return self.served.url

    def party(self, where: str) -> Party:
        """Return a party by `north` or `south`."""
        return self.parties.north if where == "north" else self.parties.south


def log_in(client: httpx.Client, login: str, password: str = PASSWORD) -> httpx.Response:
    """Log a client in, so that its later requests carry cookie and token."""
    answer = client.post("/v1/session", json={"login": login, "password": password})
    if answer.status_code == 201:
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return answer


@contextlib.contextmanager
def rooms(home: Path, settings: dict[str, str] | None = None, control_share: float = 0.0) -> Iterator[Rooms]:
    """Yield a server that asks for logins, with everybody logged in; nothing works on uploads by itself."""
    with serving(home, make=None, settings=LOGIN_NEEDED | (settings or {})) as served, contextlib.ExitStack() as stack:
        parties = Parties(served.service.database, control_share)
        password = people.hashed(PASSWORD)
        made = Rooms(served, parties)
        for party, where in ((parties.north, "north"), (parties.south, "south")):
            for name, person in party.people.items():
                _give_password(parties, person.id, password)
                client = stack.enter_context(httpx.Client(base_url=served.url, timeout=60))
                assert log_in(client, person.login).status_code == 201
                made.clients[f"{name}.{where}"] = client
        yield made


def _give_password(parties: Parties, person_id: str, password: str) -> None:
    """Set an already hashed password: fourteen people need not wait for fourteen hashes."""
    with parties.database.transaction() as connection:
        people.people.change_person(connection, person_id, password=password)
