"""How long loading a deck takes: `python tests/bench/loading.py`. Run by hand; medians of several runs.

The budget: 100 slides in 25 ms, 2,000 slides (1.5 MB) in 600 ms.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from presenter.deck.load import load_deck

SIZES = ((10, None), (30, None), (100, 25), (500, None), (2000, 600))
"""Slides, and the milliseconds they may take."""
RUNS = 7
WORDS = "Words that are meant to be spoken on this very slide, enough of them to be real, and a few more."


def deck(slides: int) -> str:
    """Return a deck as people write them: several layouts, sections, notes on every slide."""
    rows = [
        "title: A long talk",
        "duration: 8h",
        'footer: "{title} · {slide}/{slides}"',
        "defaults: {reveal: true}",
        "sections:",
    ]
    for number in range(slides):
        if number % 50 == 0:
            rows += [f"  - title: Part {number // 50}", "    time: 20m", "    divider: true", "    slides:"]
        rows += [f"      - id: slide{number}-x", f"        title: What slide {number} is about", *_content(number)]
        rows += ["        time: 45s", "        notes: |", *[f"          {WORDS}"] * 5]
    return "\n".join(rows) + "\n"


def _content(number: int) -> list[str]:
    kinds = (
        ["        points:", *[f"          - point {point} of slide {number}" for point in range(4)]],
        ["        body: |", f"          Some *prose* with `code`, {WORDS}"],
        [f"        quote: Less is more than {number}", "        by: Somebody"],
        [f"        image: {{src: pics/{number}.png, alt: a picture of {number}, credit: drawn here}}"],
        ["        table:", "          columns: [a, b]", "          rows: [[1, 2], [3, 4]]"],
    )
    return kinds[number % len(kinds)]


def main() -> None:
    """Print the table."""
    print("| slides | kB | lines | ms | budget |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.yaml"
        for slides, budget in SIZES:
            text = deck(slides)
            path.write_text(text, encoding="utf-8")
            times = []
            for _ in range(RUNS):
                began = time.perf_counter()
                loaded = load_deck(path)
                times.append((time.perf_counter() - began) * 1000)
            dividers = len(loaded.sections)
            if len(loaded.slides) != slides + dividers:
                raise SystemExit(f"{len(loaded.slides)} slides instead of {slides + dividers}")
            took, lines = statistics.median(times), text.count("\n")
            print(f"| {slides} | {len(text) // 1000} | {lines} | {took:.1f} | {budget or ''} |")


if __name__ == "__main__":
    main()
