"""Measures how fast the windows of one talk follow each other.

    python tests/bench/link.py            about a minute

Each window runs on a terminal of its own. What is timed is the way from a key in one to the piece of output after which
the new slide stood in the other, as in `speed.py`; and the way of a state through the socket alone, from its being
published in one process to its being heard by twenty followers in another.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench_decks import picture_deck, text_deck
from speed import MEDIUM, PRESENTER, Row, Watched, mark, tell

from presenter.peers.discovery import alive
from presenter.peers.guest import Guest
from presenter.peers.host import GuestWindow, Host
from presenter.peers.protocol import CommandMessage, HelloMessage, SharedPosition, SharedState, StateMessage, ViewName
from presenter.peers.socket_path import MAX_LINE_BYTES, SocketClaim
from terminal import key_bytes

FOLLOWERS: Final = 20
RATE: Final = 50.0
"""States a second, more than anybody presses keys."""


def two_windows(deck: Path, presses: int, *, backwards: bool = False) -> float:
    """Press a key in the speaker window, or backwards in the audience's, each time when all is calm.

    Returns:
        The median of the milliseconds until the other window shows the slide.
    """
    with tempfile.TemporaryDirectory(prefix="p-") as home:
        where = Path(home)
        with Watched([*PRESENTER, deck], MEDIUM, where) as audience:
            audience.seen(mark(1))
            while not any(map(alive, (where / ".run" / "presenter").glob("*.sock"))):
                audience.read(0.05)
            with Watched([*PRESENTER, "speaker"], MEDIUM, where) as speaker:
                speaker.seen("\u25cf 2")
                pressed, other = (audience, speaker) if backwards else (speaker, audience)
                # The speaker view shows the next slide, too: there the number tells which one is on screen.
                shown = (lambda number: f"slide {number}/") if backwards else mark
                found = []
                for number in range(2, presses + 2):
                    audience.calm()
                    speaker.calm()
                    began = time.monotonic()
                    pressed.write(key_bytes("right"))
                    found.append((other.seen(shown(number)) - began) * 1000)
                return statistics.median(found)


class Owner:
    """Publishes states that say when they were made."""

    def __init__(self) -> None:
        self.step = 0

    def standing(self) -> SharedState:
        """Return the latest state."""
        return SharedState(at=SharedPosition("a-slide", self.step % 1000, self.step), said_at=time.monotonic())

    def take(self, order: CommandMessage, window: GuestWindow) -> None:
        """Take nothing."""

    def company(self) -> None:
        """Do not mind."""

    def face(self, _hello: HelloMessage) -> ViewName:
        """Return what windows show."""
        return "speaker"


async def publish(folder: Path, states: int) -> None:
    """Be the hub: publish states once all followers are there."""
    owner, claim = Owner(), SocketClaim.make(folder, "bench")
    hub = Host(owner)
    server = await asyncio.start_unix_server(hub.connected, sock=claim.bind(), limit=MAX_LINE_BYTES)
    while len(hub.windows) < FOLLOWERS:  # noqa: ASYNC110 - it is nobody's event
        await asyncio.sleep(0.01)
    for _ in range(states):
        await asyncio.sleep(1 / RATE)
        owner.step += 1
        hub.publish()
    await asyncio.sleep(0.1)
    server.close()
    await hub.close("quit")
    claim.release()


async def hear(folder: Path) -> list[float]:
    """Be twenty followers; return the milliseconds that states were on their way."""
    found: list[float] = []

    def heard(told: StateMessage) -> None:
        if told.talk.at.index and told.talk.said_at is not None:
            found.append((time.monotonic() - told.talk.said_at) * 1000)

    windows = [Guest(folder / "bench.sock", lambda: "speaker", heard, lambda: None) for _ in range(FOLLOWERS)]
    tasks = [asyncio.create_task(window.run()) for window in windows]
    while not all(window.ended for window in windows):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    return found


def hop(states: int) -> tuple[float, float, int]:
    """Return the median and the 99th of a hundred of a hop, in milliseconds, and how many states were heard."""
    with tempfile.TemporaryDirectory(prefix="p-") as folder:
        command = [sys.executable, __file__, "--hub", folder, "--states", str(states)]
        with subprocess.Popen(command) as hub:
            found = sorted(asyncio.run(hear(Path(folder))))
            hub.wait()
    return statistics.median(found), found[len(found) * 99 // 100], len(found)


def main() -> int:
    """Measure and print the table; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--presses", type=int, default=25, help="keys in each window (default: %(default)s)")
    parser.add_argument("--states", type=int, default=500, help="states through the socket (default: %(default)s)")
    parser.add_argument("--hub", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.hub is not None:
        asyncio.run(publish(options.hub, options.states))
        return 0
    with tempfile.TemporaryDirectory(prefix="link-") as scratch:
        folder = Path(scratch)
        words, pictures = text_deck(folder, options.presses + 5), picture_deck(folder, options.presses + 5)
        rows = []
        for what, deck in (("text", words), ("picture", pictures)):
            tell(f"two windows, {what}")
            forth, back = two_windows(deck, options.presses), two_windows(deck, options.presses, backwards=True)
            rows += [
                Row(f"key in the speaker's, slide in the audience's, {what}", forth, "ms", 40, "40 ms"),
                Row(f"key in the audience's, slide in the speaker's, {what}", back, "ms", 40, "40 ms"),
            ]
    tell("the socket alone")
    middle, slow, count = hop(options.states)
    rows += [
        Row(f"socket hop, {FOLLOWERS} followers, median of {count}", middle, "ms", 2, "2 ms"),
        Row("  99 of 100", slow, "ms"),
    ]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(*rows, sep="\n")
    return int(any(row.limit is not None and row.value > row.limit for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
