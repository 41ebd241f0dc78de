"""A driver of its own, to be killed: python -m tests.faulty.drive FOLDER HOME ENGINE VEHICLES."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faulty import offices
from verifier.batch.engine import open_engine


def main() -> int:
    """Run or go on with a batch over made-up documents."""
    folder, home, engine, vehicles = sys.argv[1:]
    asked = offices.order(Path(folder), Path(home) / "results.jsonl", int(vehicles), resume=True)
    offices.run(asked, Path(home), open_engine(engine, 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
