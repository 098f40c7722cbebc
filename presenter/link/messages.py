"""What windows of a talk say to each other: one JSON object a line, UTF-8.

    {"t":"hello","v":1,"client":"9f2c…","pid":4711,"face":"speaker"}          follower to hub, first
    {"t":"state","v":1,"epoch":"…","seq":7,"ack":3,"face":[0,"speaker"],"talk":{…}}    hub to follower, the whole of it
    {"t":"cmd","v":1,"n":3,"do":"next","arg":"","at":81234.5}                 follower to hub
    {"t":"err","v":1,"why":"…"} and {"t":"bye","v":1,"why":"quit"}            either

Lines to a hub have at most `place.LIMIT` bytes. Messages whose `t` nobody knows are ignored, and so are fields; another
`v` is not.
Times are seconds on the talk's clock, which all windows on one machine share, so that nothing has to tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from presenter.pacing.ledger import Ledger, Name, Span

VERSION: Final = 1
STATE_LIMIT: Final = 4_000_000
"""Bytes of a line from a hub: with the times of some thousand slides."""

Face: TypeAlias = Literal["audience", "speaker"]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
Words: TypeAlias = Annotated[str, Meta(max_length=4_000)]
Moment: TypeAlias = Annotated[float, Meta(ge=-1e12, le=1e12)]


class Place(Struct, frozen=True):
    """A step of a slide: by the slide's id, or its place in the deck when that has no such slide."""

    slide: Name = ""
    step: Count = 0
    index: Count = 0


class Timer(Struct, frozen=True):
    """As `talk.Timer`."""

    accrued: Span = 0.0
    since: Moment | None = None
    started: bool = False


class Plan(Struct, frozen=True):
    """A plan other than the deck's: which duration it was made for, and the times of the slides."""

    duration: Count | None = None
    target: Span = 0.0
    times: dict[Name, Span] = {}
    reserve: Count | None = None
    """Kept for questions; the deck's when None."""


class Talk(Struct, frozen=True):
    """How a talk stands: all that its windows share."""

    deck: Words = ""
    """The deck's real path."""
    title: Words = ""
    variant: Words = ""
    """Which of the deck's talks it is; empty for the whole."""
    mark: Name = ""
    """Of all that the deck says: two with the same mark look the same."""
    boot: Name = ""
    """What names this run of the machine: on another one the talk's clock is another."""
    clock: Moment = 0.0
    """The talk's clock when this was said, for a window on another machine."""
    at: Place = Place()
    back: Place | None = None
    gone: Annotated[int, Meta(ge=-1, le=1)] = 0
    lost: tuple[Name, Count] = ("", 0)
    blank: Literal["", "black", "white"] = ""
    frozen: Place | None = None
    locked: bool = False
    timer: Timer = Timer()
    account: Ledger = Ledger()
    plan: Plan | None = None
    marks: list[tuple[Span, Name]] = []
    slept: Span = 0.0
    slept_at: Moment = 0.0
    slept_on: Name = ""
    run: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    word: Words = ""
    said_at: Moment | None = None
    """None for a word that stays."""
    band: Name = ""
    """The word for the pace: which one it is near a border depends on the one before."""
    trouble: Words = ""
    left: Words = ""
    """Where a talk broke off that the owner could go on with."""
    log: Words = ""
    size: tuple[Count, Count] = (0, 0)
    """Columns and rows of the audience window."""
    windows: Count = 1
    lost_at: Moment | None = None
    """When a speaker window went without a word; None when none did, or another came."""


class Hello(Struct, frozen=True, tag_field="t", tag="hello"):
    """Who a follower is. A look is answered once and counts for no window."""

    v: int = VERSION
    client: Name = ""
    """The same after a reconnection."""
    pid: int = 0
    app: Name = ""
    face: Literal["", "audience", "speaker"] = ""
    """What the window shows already; empty for one that just begins."""
    look: bool = False


class Told(Struct, frozen=True, tag_field="t", tag="state"):
    """How the talk stands, for one follower."""

    epoch: Name
    """A hub's life."""
    talk: Talk
    v: int = VERSION
    pid: int = 0
    seq: int = 0
    ack: int = 0
    """The last command of this follower that was taken."""
    face: tuple[Count, Face] = (0, "speaker")
    """What the follower shall show; it obeys when the number is another than before."""


class Order(Struct, frozen=True, tag_field="t", tag="cmd"):
    """A command: the name of a row of `talk.COMMANDS`, or of one of those that only windows give each other."""

    n: Annotated[int, Meta(ge=1, le=2**53)]
    """Counts a client's commands: one that comes twice is taken once."""
    do: Name
    v: int = VERSION
    arg: Words = ""
    at: Moment = 0.0
    """When the key was pressed."""
    plan: Plan | None = None
    talk: Talk | None = None


class Failure(Struct, frozen=True, tag_field="t", tag="err"):
    """Why the connection ends."""

    why: Words
    v: int = VERSION


class Bye(Struct, frozen=True, tag_field="t", tag="bye"):
    """A window closes as somebody wanted it: "quit", or else "signal"."""

    why: Name = "quit"
    v: int = VERSION


Message: TypeAlias = Hello | Told | Order | Failure | Bye


class GarbledError(Exception):
    """A line is no message."""


class OtherVersionError(Exception):
    """A line is of another version of the protocol."""


class _Head(Struct, frozen=True):
    v: int
    t: str


_HEAD: Final = msgspec.json.Decoder(_Head)
_READ: Final[Mapping[str, msgspec.json.Decoder[Message]]] = {
    "hello": msgspec.json.Decoder(Hello),
    "state": msgspec.json.Decoder(Told),
    "cmd": msgspec.json.Decoder(Order),
    "err": msgspec.json.Decoder(Failure),
    "bye": msgspec.json.Decoder(Bye),
}


def spelled(message: Message) -> bytes:
    """Return a message as it is sent."""
    return msgspec.json.encode(message) + b"\n"


def read(line: bytes) -> Message | None:
    """Return the message of a line; None for one that nobody knows.

    Raises:
        GarbledError: it is none.
        OtherVersionError: it is of another version.
    """
    try:
        head = _HEAD.decode(line)
        if head.v != VERSION:
            raise OtherVersionError(f"version {head.v}, and this is version {VERSION}")
        reader = _READ.get(head.t)
        return None if reader is None else reader.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GarbledError(str(error)) from None
