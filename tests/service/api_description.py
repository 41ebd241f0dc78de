"""Schemathesis against a running server: every operation, by examples, edges, chance and sequences."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,unsupported_method,allow_header_conformance"
)
ENDLESS = "/v1/events"
"""A stream that never ends is tested by hand."""


@dataclass(frozen=True, slots=True)
class Conformance:
    """What Schemathesis said; `failures` is empty where the server keeps to its description."""

    exit_code: int
    cases: int
    failures: tuple[str, ...]
    output: str


def check_description(url: str, folder: Path, *, examples: int, seed: int) -> Conformance:
    """Return how a server keeps to its description."""
    done = subprocess.run(
        [
            Path(sys.executable).parent / "schemathesis", "run", f"{url}/openapi.json", "--exclude-path", ENDLESS,
            "-n", str(examples), "--seed", str(seed), "--request-timeout", "20", "--no-color",
            "--continue-on-failure", "--checks", CHECKS, "--warnings", "off", "--suppress-health-check", "all",
            "--generation-database", "none",
        ],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    generated = [line.split()[0] for line in done.stdout.splitlines() if " generated, " in line]
    cases = int(generated[0].replace(",", "")) if generated else 0
    failures = tuple(line for line in done.stdout.splitlines() if line.lstrip().startswith(("- ", "❌", "🚫")))
    return Conformance(done.returncode, cases, failures if done.returncode else (), done.stdout[-6000:])
