"""Draws every page into a folder: `make screenshots`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.browser.browsing import chromium
from tests.browser.filled import filled
from tests.browser.screens import LETTERS, SCREENS, picture, visits

MORE = ("outlets_missing.jpg", "number_reused_a.jpg", "number_reused_b.jpg", "genuine_label_lines_scan_200.jpg")
"""So that lists and statistics show something."""


def main() -> None:
    """Draw the screens named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = tuple(one for one in SCREENS if not asked.names or one.name in asked.names)
    with tempfile.TemporaryDirectory() as home, filled(Path(home), (*LETTERS, *MORE)) as ready, chromium() as browser:
        for screen, somebody in visits(browser, ready, wanted):
            picture(somebody, asked.out / f"{screen.name}.png")


if __name__ == "__main__":
    main()
