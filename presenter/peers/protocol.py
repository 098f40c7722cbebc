"""What windows of a talk say to each other: one JSON object a line, UTF-8.

    {"t":"hello","v":1,"client":"9f2c…","pid":4711,"face":"speaker"}          follower to hub, first
    {"t":"state","v":1,"epoch":"…","seq":7,"ack":3,"face":[0,"speaker"],"talk":{…}}    hub to follower, the whole of it
    {"t":"cmd","v":1,"n":3,"do":"next","arg":"","at":81234.5}                 follower to hub
    {"t":"err","v":1,"why":"…"} and {"t":"bye","v":1,"why":"quit"}            either

Lines to a hub have at most `socket_path.MAX_LINE_BYTES` bytes. Messages whose `t` nobody knows are ignored, and so are
fields; another
`v` is not.
Times are seconds on the talk's clock, which all windows on one machine share, so that nothing has to tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from presenter.session.argument import Argument
from presenter.timing.time_log import BoundedId, BoundedSeconds, TimeLogRecord

VERSION: Final = 1
STATE_LIMIT: Final = 4_000_000
"""Bytes of a line from a hub: with the times of some thousand slides."""

ViewName: TypeAlias = Literal["audience", "speaker"]
BoundedInt: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
BoundedText: TypeAlias = Annotated[str, Meta(max_length=4_000)]
SharedMark: TypeAlias = Annotated[float, Meta(ge=-1e12, le=1e12)]


class SharedPosition(Struct, frozen=True):
    """A step of a slide: by the slide's id, or its place in the deck when that has no such slide."""

    slide: BoundedId = ""
    step: BoundedInt = 0
    index: BoundedInt = 0


class SharedTimer(Struct, frozen=True):
    """As `session.Timer`."""

    accrued: BoundedSeconds = 0.0
    since: SharedMark | None = None
    started: bool = False


class SharedPlan(Struct, frozen=True):
    """A plan other than the deck's: which duration it was made for, and the times of the slides."""

    duration: BoundedInt | None = None
    target: BoundedSeconds = 0.0
    times: dict[BoundedId, BoundedSeconds] = {}
    reserve: BoundedInt | None = None
    """Kept for questions; the deck's when None."""


class SharedState(Struct, frozen=True):
    """How a talk stands: all that its windows share."""

    deck: BoundedText = ""
    """The deck's real path."""
    title: BoundedText = ""
    variant: BoundedText = ""
    """Which of the deck's talks it is; empty for the whole."""
    mark: BoundedId = ""
    """Of all that the deck says: two with the same mark look the same."""
    boot: BoundedId = ""
    """What names this run of the machine: on another one the talk's clock is another."""
    clock: SharedMark = 0.0
    """The talk's clock when this was said, for a window on another machine."""
    at: SharedPosition = SharedPosition()
    back: SharedPosition | None = None
    gone: Annotated[int, Meta(ge=-1, le=1)] = 0
    lost: tuple[BoundedId, BoundedInt] = ("", 0)
    blank: Literal["", "black", "white"] = ""
    frozen: SharedPosition | None = None
    locked: bool = False
    timer: SharedTimer = SharedTimer()
    account: TimeLogRecord = TimeLogRecord()
    plan: SharedPlan | None = None
    marks: list[tuple[BoundedSeconds, BoundedId]] = []
    slept: BoundedSeconds = 0.0
    slept_at: SharedMark = 0.0
    slept_on: BoundedId = ""
    run: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    word: BoundedText = ""
    said_at: SharedMark | None = None
    """None for a word that stays."""
    band: BoundedId = ""
    """The word for the pace: which one it is near a border depends on the one before."""
    trouble: BoundedText = ""
    left: BoundedText = ""
    """Where a talk broke off that the owner could go on with."""
    log: BoundedText = ""
    size: tuple[BoundedInt, BoundedInt] = (0, 0)
    """Columns and rows of the audience window."""
    windows: BoundedInt = 1
    lost_at: SharedMark | None = None
    """When a speaker window went without a word; None when none did, or another came."""


class HelloMessage(Struct, frozen=True, tag_field="t", tag="hello"):
    """Who a follower is. A look is answered once and counts for no window."""

    v: int = VERSION
    client: BoundedId = ""
    """The same after a reconnection."""
    pid: int = 0
    app: BoundedId = ""
    face: Literal["", "audience", "speaker"] = ""
    """What the window shows already; empty for one that just begins."""
    look: bool = False


class StateMessage(Struct, frozen=True, tag_field="t", tag="state"):
    """How the talk stands, for one follower."""

    epoch: BoundedId
    """A hub's life."""
    talk: SharedState
    v: int = VERSION
    pid: int = 0
    seq: int = 0
    ack: int = 0
    """The last command of this follower that was taken."""
    face: tuple[BoundedInt, ViewName] = (0, "speaker")
    """What the follower shall show; it obeys when the number is another than before."""


class CommandMessage(Struct, frozen=True, tag_field="t", tag="cmd"):
    """A command: the name of a row of `session.COMMANDS`, or of one of those that only windows give each other."""

    n: Annotated[int, Meta(ge=1, le=2**53)]
    """Counts a client's commands: one that comes twice is taken once."""
    do: BoundedId
    v: int = VERSION
    arg: BoundedText = ""
    at: SharedMark = 0.0
    """When the key was pressed."""
    plan: SharedPlan | None = None
    talk: SharedState | None = None
    seconds: SharedMark | None = None
    """Until the hard stop."""
    place: SharedPosition | None = None
    """Where a jump goes."""


def argument_of(message: CommandMessage) -> Argument:
    """Return the argument of a command that another window gives."""
    place = message.place
    slide, step = (place.slide, place.step) if place is not None else ("", 0)
    return Argument(message.arg, seconds=message.seconds, slide=slide, step=step)


class FailureMessage(Struct, frozen=True, tag_field="t", tag="err"):
    """Why the connection ends."""

    why: BoundedText
    v: int = VERSION


class ByeMessage(Struct, frozen=True, tag_field="t", tag="bye"):
    """A window closes as somebody wanted it: "quit", or else "signal"."""

    why: BoundedId = "quit"
    v: int = VERSION


Message: TypeAlias = HelloMessage | StateMessage | CommandMessage | FailureMessage | ByeMessage


class MalformedMessageError(Exception):
    """A line is no message."""


class OtherVersionError(Exception):
    """A line is of another version of the protocol."""


class _Head(Struct, frozen=True):
    v: int
    t: str


_HEAD: Final = msgspec.json.Decoder(_Head)
_READ: Final[Mapping[str, msgspec.json.Decoder[Message]]] = {
    "hello": msgspec.json.Decoder(HelloMessage),
    "state": msgspec.json.Decoder(StateMessage),
    "cmd": msgspec.json.Decoder(CommandMessage),
    "err": msgspec.json.Decoder(FailureMessage),
    "bye": msgspec.json.Decoder(ByeMessage),
}


def encode_message(message: Message) -> bytes:
    """Return a message as it is sent."""
    return msgspec.json.encode(message) + b"\n"


def decode_message(line: bytes) -> Message | None:
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
        raise MalformedMessageError(str(error)) from None
