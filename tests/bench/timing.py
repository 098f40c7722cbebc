"""How long timing takes: plan, tick, write-back, comparison and the speaker view, against what they may take.

python tests/bench/timing.py             about a minute; ends with 1 when something takes too long
python tests/bench/timing.py --quick     a few seconds: without the speaker view, which is watched in real time
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from presenter.deck.load import load_deck  # noqa: E402  found by the path set above
from presenter.deck.model import Deck, Place, Section, Slide  # noqa: E402  as above
from presenter.history.compare import compare  # noqa: E402  as above
from presenter.history.formats import comparison_table  # noqa: E402  as above
from presenter.history.hashes import slide_hashes  # noqa: E402  as above
from presenter.history.html_page import comparison_page  # noqa: E402  as above
from presenter.history.runs import read_runs  # noqa: E402  as above
from presenter.history.state_files import RUNS_FOLDER, private_folder  # noqa: E402  as above
from presenter.history.write_times import changes_diff, prepare_changes, write_changes  # noqa: E402  as above
from presenter.layouts import TextSlide  # noqa: E402  as above
from presenter.layouts.fields import Seconds  # noqa: E402  as above
from presenter.timing.pace import measure_pace  # noqa: E402  as above
from presenter.timing.plan import make_plan  # noqa: E402  as above
from presenter.timing.reflow import reflow  # noqa: E402  as above
from presenter.timing.speech import _speech  # noqa: E402  as above
from presenter.timing.time_log import TimeLog  # noqa: E402  as above
from terminal import Terminal, session  # noqa: E402  as above

NOTES = "Say the number once, slowly; don't rush the well-known part of it, because it is what people remember. " * 3
SLIDES = 2000
TALK = ROOT / "decks" / "inside-pictures"
SIZES = ((80, 24), (120, 36), (200, 60))
WATCHED = 12.0
"""Seconds for which the speaker view is watched."""
CALM = 1.5
"""Seconds in which pictures that are painted ahead are ready."""


def deck_of(count: int) -> Deck:
    """Make a deck with notes, of which every third slide has a time of its own."""
    slides = tuple(
        Slide(
            f"s{number}",
            str(number + 1),
            TextSlide(title=f"Slide {number}", body="words", time=Seconds(40) if number % 3 == 0 else None),
            number // 20,
            Place(Path("/nowhere/deck.yaml")),
            (f"{NOTES} {number}",),
        )
        for number in range(count)
    )
    sections = tuple(Section(f"p{number}", f"Part {number}") for number in range(count // 20 + 1))
    return Deck(Path("/nowhere/deck.yaml"), duration=Seconds(40 * count), sections=sections, slides=slides)


def best(do: Callable[[], object], times: int = 9) -> float:
    """Return the milliseconds of the fastest of some runs: the others waited for what else the machine does."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        do()
        taken.append(1000 * (time.perf_counter() - begin))
    return min(taken)


def plans() -> list[tuple[str, float, float]]:
    deck = deck_of(SLIDES)
    assert len(deck.main) == SLIDES
    made = make_plan(deck)
    account = TimeLog().to("s0", 0)
    for number in range(1, SLIDES // 2):
        account = account.to(f"s{number}", 39 * number)
    elapsed = 39 * SLIDES / 2

    def fresh() -> None:
        _speech.cache_clear()
        make_plan(deck)

    return [
        ("plan of 2,000 slides", best(lambda: make_plan(deck), 25), 10),
        ("the same, all notes counted anew", best(fresh), 40),
        ("one tick on 2,000 slides", best(lambda: measure_pace(made, account, elapsed), 51), 1),
        ("re-flow on 2,000 slides", best(lambda: reflow(made, account, elapsed, 20_000)), 20),
    ]


def write_back(folder: Path) -> list[tuple[str, float, float]]:
    body = "".join(
        f"      - title: Slide {number}\n        body: words\n        notes: |\n          {NOTES}\n"
        + ("        time: 40s\n" if number % 2 else "")
        for number in range(SLIDES)
    )
    path = folder / "deck.yaml"
    path.write_text(f"title: T\nsections:\n  - title: S\n    slides:\n{body}", encoding="utf-8")
    deck = load_deck(path)
    times = {slide.id: 45 for slide in deck.slides}
    draft = prepare_changes(deck, times)
    assert len(draft.written) == SLIDES

    def whole() -> None:
        changes_diff(prepare_changes(deck, times))

    def once() -> None:
        path.write_bytes(draft.changes[0].before)
        write_changes(draft)

    return [
        ("write-back on 2,000 slides: prepare and diff", best(whole, 3), 1500),
        ("write-back on 2,000 slides: write", best(once, 5), 100),
    ]


def comparisons(folder: Path) -> list[tuple[str, float, float]]:
    deck = deck_of(100)
    hashes = slide_hashes(deck)
    made = make_plan(deck)
    runs = private_folder(folder / "state", RUNS_FOLDER, "key")
    names = [slide.id for slide in made.slides]
    for run in range(200):
        begin = {
            "k": "begin", "v": 1, "t": "2026-11-22T10:00:00+01:00", "main": names,
            "plan": dict(zip(names, made.times, strict=True)), "h": hashes,
        }  # fmt: skip
        lines, elapsed = [begin], 0.0
        for number, name in enumerate(names):
            lines.append({"k": "go" if number else "start", "e": round(elapsed, 2), "b": elapsed, "s": name, "p": 0})
            lines.extend({"k": "tick", "e": round(elapsed + 10 * tick, 2)} for tick in range(1, 4))
            elapsed += 36 + (run * 7919 + number * 104_729) % 997 / 100
        path = runs / f"2026-11-22T10-00-00Z-{run:04x}.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    read = read_runs(folder / "state", "key")
    assert len(read) == 200
    found = compare(made, hashes, read)
    return [
        ("reading 200 runs of 100 slides", best(lambda: read_runs(folder / "state", "key"), 3), 500),
        ("comparing them", best(lambda: compare(made, hashes, read), 3), 1000),
        ("as a table", best(lambda: comparison_table(found), 3), 100),
        ("as a page", best(lambda: comparison_page(found, "T"), 3), 500),
    ]


def used(program: Terminal) -> float:
    """Return the CPU seconds that all threads of a program have used, to the nanosecond (Linux)."""
    total = 0
    for pid in session(program.pid):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e9


def speaker_view(home: Path) -> list[tuple[str, float, float]]:
    """Leave the speaker view alone while the timer runs; a slide with a picture is shown, beside the next one.

    A clock tick comes once a second. What it costs is what the speaker view takes more than the slides do in the same
    window, where nothing is drawn: waking up, waiting for keys and the record of the talk are in both.
    """
    rows: list[tuple[str, float, float]] = []
    for columns, lines in SIZES:
        speaker, written = idle(home, (columns, lines), "t")
        slides, _ = idle(home, (columns, lines), "t", "s")
        rows += [
            (f"a clock tick in the speaker view, {columns}x{lines}: CPU, {written:.0f} bytes", speaker - slides, 2),
            ("  idle CPU of the speaker view in percent of a processor", speaker / 10, 1),
        ]
    return rows


def idle(home: Path, size: tuple[int, int], *keys: str) -> tuple[float, float]:
    """Open the speaker view, press keys, and wait; return the milliseconds of CPU and the bytes of one second."""
    command: list[str | Path] = [sys.executable, "-m", "presenter", TALK, "--speaker", "--start", "2"]
    with Terminal(command, size=size, cwd=ROOT, home=home, env={"TMUX": None, "COLORTERM": "truecolor"}) as program:
        program.wait_for("not started")
        program.press(*keys)
        program.wait_until(lambda: not program.shows("not started"))
        read_for(program, CALM)
        written, before, begin = len(program.output), used(program), time.monotonic()
        read_for(program, WATCHED)
        passed = time.monotonic() - begin
        return 1000 * (used(program) - before) / passed, (len(program.output) - written) / passed


def read_for(program: Terminal, seconds: float) -> None:
    """Take what a program writes, for some time."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        program.read(left)


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        rows = [*plans(), *write_back(Path(name)), *comparisons(Path(name))]
        if "--quick" not in sys.argv[1:] and Path("/proc/self/task").is_dir():
            rows += speaker_view(Path(name))
    slow = 0
    for what, taken, limit in rows:
        slow += taken > limit
        print(f"{what:<56} {taken:8.2f}  of {limit:>5}{'  TOO SLOW' if taken > limit else ''}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
