"""What the service must show: no upload lost, no verdict doubled, whatever is killed; what it bears; what it describes.

Run: make prove-09, or python -m tests.proofs.prove_09 --kills 200 --write docs/proof-09.md
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import service as bench
from tests.proofs.harness import deliver
from tests.service.api_description import Conformance, check_description
from tests.service.killing import Outcome, kill_at_random
from tests.service.postgres import Postgres
from tests.service.serving import serving
from verifier.evaluation.figures import Rate

KILLS, EXAMPLES, SEED = 200, 25, 9


def main() -> int:
    """Kill, ask, measure; print and write the figures; fail where a promise was broken."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        killed = {"SQLite": kill_at_random(home / "sqlite", f"sqlite:///{home}/sqlite.db", arguments.kills, SEED)}
        killed["PostgreSQL"] = _on_postgres(home, arguments.kills)
        described = conformance(home, arguments.examples)
        measured = bench.lines(home, arguments.letters) if arguments.letters else []
    text = document(killed, described, measured)
    deliver(text, arguments.write)
    return 0 if all(map(is_kept, killed.values())) and not described.failures else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--letters", type=int, default=bench.MEASURED_LETTERS, help="0 leaves the measuring out")
    parser.add_argument("--write", default="")
    return parser.parse_args()


def _on_postgres(home: Path, kills: int) -> Outcome:
    server = Postgres()
    try:
        return kill_at_random(home / "postgresql", server.fresh(), kills, SEED)
    finally:
        server.stop()


def conformance(home: Path, examples: int) -> Conformance:
    """Return how the running server keeps to its description."""
    with serving(home / "described") as served:
        return check_description(served.url, home, examples=examples, seed=SEED)


def is_kept(outcome: Outcome) -> bool:
    """Whether every acknowledged upload ended in exactly one verdict, or in exactly one error that says why."""
    return not outcome.wrong and outcome.exactly_one_verdict + outcome.without_verdict == outcome.acknowledged


def document(killed: dict[str, Outcome], described: Conformance, measured: list[str]) -> str:
    """Return the page of the proof."""
    rows = "\n".join(_row(name, outcome) for name, outcome in killed.items())
    wrong = "".join(f"\n- {one}" for outcome in killed.values() for one in outcome.wrong) or "\nnothing"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"""# Proof 09: the service

Made by `make prove-09`. Everything on loopback; the reader is recorded where processes are killed, real where people
wait for verdicts. Load averages at the end of this run: {load} on {os.cpu_count()} cores.

## kill −9 under load: every 202 ends in exactly one verdict

Two API processes and two workers, three senders that repeat each letter under its Idempotency-Key until it is
acknowledged; API processes and workers are killed at random moments. Counted for every acknowledged upload:
one document, one examining job done, one report, one `uploaded` and one `judged` event, one audit entry, its file.

| store | kills | acknowledged | exactly one verdict | error instead | answers lost on the way | seconds |
|---|---|---|---|---|---|---|
{rows}

Broken promises: {wrong}

## The description

Schemathesis (examples, edges, random, sequences) over every operation but the endless event stream: {described.cases}
cases, {len(described.failures)} failures (server errors, undocumented statuses, types, headers or shapes).

## What it bears

{_list(measured)}
"""


def _row(name: str, outcome: Outcome) -> str:
    rate = Rate(outcome.exactly_one_verdict, outcome.acknowledged)
    return (
        f"| {name} | {outcome.kills} | {outcome.acknowledged} | {rate} | {outcome.without_verdict} | "
        f"{outcome.lost_answers} | {outcome.seconds:.0f} |"
    )


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "not measured in this run"


if __name__ == "__main__":
    sys.exit(main())
