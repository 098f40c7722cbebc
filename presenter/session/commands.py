"""Everything that a key can do: the only table of commands.

The window's bindings, the help screen, `presenter keys`, the check of the reader's own keys and the README's table all
come from `COMMANDS`. `act` is the only way to give a command: the rules that hold for all of them are there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Literal, TypeAlias

from presenter.session import actions, note_scroll, timer
from presenter.session.argument import NO_ARGUMENT, Argument, Measure
from presenter.session.state import DIGITS_SECONDS, Outline, State

KeyMode: TypeAlias = Literal[
    "", "digits", "hits", "offer", "help", "overview", "report", "search", "goto", "line", "any"
]
Scope: TypeAlias = Literal["window", "move", "talk"]
"""What a command concerns: this window alone and what it leads to; a step of the talk; the talk as its owner knows it.
A second window gives the last two to the window that owns the talk, and a step is shown before that has answered."""
Repeat: TypeAlias = Literal["step", "once", "free"]
"""Of a key held down: one step in each `key_repeat.REPEAT_INTERVAL` seconds; nothing after the first presses; every
repeat counts."""


class Effect(Enum):
    """What a command does besides changing the state: only the window can."""

    RELOAD = "reload"
    EDIT = "edit"
    SUSPEND = "suspend"
    SWAP = "swap"
    PUT_BACK = "put-back"


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table.

    Attributes:
        name: what the reader's own keys call it.
        keys: as people write them.
        help: what it does, in a few words.
        group: the heading it stands under.
        do: the pure function (state, outline, time, argument) -> state.
        mode: when its keys mean it: always (""), while digits are typed, hits are walked or a new plan is shown, or
            while an overlay is up ("line" is search and goto); "any" in every mode.
        repeat: what a held key does.
        effect: what the window has to do besides; None for most.
        scope: whom it concerns, when several windows show the talk.
        measure: which measure of the picture it needs.
    """

    name: str
    keys: tuple[str, ...]
    help: str
    group: str
    do: actions.Action
    mode: KeyMode = ""
    repeat: Repeat = "once"
    effect: Effect | None = None
    scope: Scope = "window"
    measure: Measure = ""


def _rows(
    group: str,
    *rows: tuple[str, str, str, actions.Action],
    mode: KeyMode = "",
    repeat: Repeat = "once",
    scope: Scope = "window",
    measure: Measure = "",
) -> tuple[Command, ...]:
    """Make commands of one kind from rows of (name, keys, help, do)."""
    return tuple(
        Command(name, tuple(keys.split()), words, group, do, mode, repeat, scope=scope, measure=measure)
        for name, keys, words, do in rows
    )


_QUIT: Final = actions.press_twice(
    "quit", actions.QUIT_CONFIRM_SECONDS, "the timer runs: press q again to quit", always=False
)
_INTERRUPT: Final = actions.press_twice(
    "interrupt", actions.INTERRUPT_CONFIRM_SECONDS, "press Ctrl+C again, or q, to quit", always=True
)

COMMANDS: Final[tuple[Command, ...]] = (
    *_rows(
        "Move",
        ("next", "PageDown Right Down Space Enter n l j", "Next step", actions.step_on),
        ("back", "PageUp Left Up Backspace p h k", "Step back", actions.step_back),
        ("next-slide", "Shift+Right N", "Next whole slide", actions.slide_on),
        ("previous-slide", "Shift+Left P", "Previous whole slide", actions.slide_back),
        repeat="step",
        scope="move",
    ),
    *_rows(
        "Move",
        ("first", "Home g", "First slide", actions.to_end(0)),
        ("last", "End G", "Last slide", actions.to_end(-1)),
        ("return", "'", "Back to where you were before a jump", actions.go_back),
    ),
    *_rows("Find", ("digit", "0 1 2 3 4 5 6 7 8 9", "Type a slide's number, then Enter", actions.digit), repeat="free"),
    *_rows("Find", ("digits-go", "Enter", "Go to the number typed", actions.go_digits), mode="digits"),
    *_rows("Find", ("digits-erase", "Backspace", "Take back a digit", actions.undigit), mode="digits", repeat="free"),
    *_rows(
        "Find",
        ("go-to", ":", "Go to a number, an id or words of a title", actions.open_overlay("goto")),
        ("search", "/", "Search titles, text and notes", actions.open_overlay("search")),
    ),
    *_rows(
        "Find",
        ("next-hit", "n", "After a search: the next hit", actions.walk_hits(1)),
        ("previous-hit", "N", "After a search: the hit before", actions.walk_hits(-1)),
        mode="hits",
        repeat="step",
    ),
    *_rows("Find", ("overview", "o", "Overview of all slides", actions.open_overlay("overview"))),
    *_rows(
        "Speak",
        ("black", "b B .", "Black screen; any key lights it again", actions.blank("black")),
        ("white", "w ,", "White screen; any key lights it again", actions.blank("white")),
        ("freeze", "f", "Freeze what the audience sees; again: back there", actions.freeze),
        scope="talk",
    ),
    *_rows(
        "Speak",
        ("speaker", "s", "Speaker view in this window, and back", actions.swap_view),
    ),
    Command(
        "swap", ("S",), "With two windows: swap slides and speaker view", "Speak", actions.nothing, effect=Effect.SWAP
    ),
    Command(
        "put-back",
        ("y",),
        "When the audience window began anew: put it where you were",
        "Speak",
        actions.nothing,
        effect=Effect.PUT_BACK,
    ),
    *_rows(
        "Speak",
        ("notes-up", "[", "Scroll the notes up", note_scroll.scroll(-1)),
        ("notes-down", "]", "Scroll the notes down", note_scroll.scroll(1)),
        ("notes-larger", "+ =", "Larger notes", note_scroll.resize_notes(1)),
        ("notes-smaller", "-", "Smaller notes", note_scroll.resize_notes(-1)),
        repeat="step",
        measure="notes",
    ),
    *_rows("Speak", ("layout", "v", "Another layout of the speaker view", note_scroll.swap_layout)),
    *_rows(
        "Keep time",
        ("timer", "t", "Start or pause the timer", timer.swap_timer),
        ("start", "F5 Shift+F5", "Start the timer at this slide", timer.start),
        ("question", "a", "A question: its time comes from the reserve; again: back to the talk", timer.question),
        scope="talk",
    ),
    *_rows(
        "Keep time",
        ("reflow", "R", "Fit the rest of the plan into the time left: look first", timer.offer),
    ),
    *_rows(
        "Keep time",
        ("reflow-take", "Enter", "Take the plan that is shown", timer.take_offer),
        mode="offer",
        scope="talk",
    ),
    *_rows(
        "Keep time",
        ("minute-more", ">", "The talk may take a minute more", timer.minute(60)),
        ("minute-less", "<", "The talk may take a minute less", timer.minute(-60)),
        ("reset", "T", "Timer to 0:00, when pressed twice: a new run", timer.reset),
        ("undo", "u", "Undo the last reset, new plan or minute", timer.undo),
        ("resume", "c", "Go on with the talk that broke off, while that is offered", timer.take_up),
        ("mark", "m", "Mark this moment in the record of the talk", timer.mark),
        ("wake", "z", "Take out the time that the computer slept, or was off", timer.remove_sleep),
        scope="talk",
    ),
    Command("reload", ("r",), "Read the deck again", "Program", actions.nothing, effect=Effect.RELOAD, scope="talk"),
    *_rows("Program", ("lock", "L", "Lock: saved changes are not shown", actions.lock), scope="talk"),
    Command("edit", ("e",), "Edit this slide in $EDITOR", "Program", actions.nothing, effect=Effect.EDIT),
    *_rows("Program", ("help", "?", "These keys", actions.open_overlay("help"))),
    *_rows(
        "Program", ("leave", "Esc", "Leave an overlay, a search or a freeze; never quits", actions.leave), mode="any"
    ),
    *_rows("Program", ("quit", "q Ctrl+Q", "Quit; twice while the timer runs", _QUIT)),
    *_rows("Program", ("interrupt", "Ctrl+C", "Quit, when pressed twice", _INTERRUPT), mode="any"),
    Command(
        "suspend", ("Ctrl+Z",), "To the shell; fg comes back", "Program", actions.nothing, "any", effect=Effect.SUSPEND
    ),
    *_rows(
        "In the overview",
        ("tile-left", "Left h", "Tile to the left", actions.tile(-1, "tile")),
        ("tile-right", "Right l", "Tile to the right", actions.tile(1, "tile")),
        ("tile-up", "Up k", "Tile above", actions.tile(-1, "row")),
        ("tile-down", "Down j", "Tile below", actions.tile(1, "row")),
        ("tiles-up", "PageUp", "Page up", actions.tile(-1, "page")),
        ("tiles-down", "PageDown", "Page down", actions.tile(1, "page")),
        ("tile-first", "Home g", "First tile", actions.tile(-1, "deck")),
        ("tile-last", "End G", "Last tile", actions.tile(1, "deck")),
        ("tile-open", "Enter Space", "Go to the tile", actions.open_tile),
        ("tile-leave", "o q", "Leave the overview", actions.leave),
        mode="overview",
        repeat="free",
        measure="tiles",
    ),
    *_rows(
        "In search and go-to",
        ("hit-up", "Up Ctrl+P", "Hit above", actions.choose_hit(-1)),
        ("hit-down", "Down Tab Ctrl+N", "Hit below", actions.choose_hit(1)),
        ("hits-up", "PageUp", "Page up", actions.choose_hit(-1)),
        ("hits-down", "PageDown", "Page down", actions.choose_hit(1)),
        ("hit-open", "Enter", "Go to the hit; n and N lead to the others", actions.open_hit),
        mode="search",
        repeat="free",
        measure="hits",
    ),
    *_rows("In search and go-to", ("line-open", "Enter", "Go there", actions.open_line), mode="goto"),
    *_rows(
        "In search and go-to",
        ("line-erase", "Backspace", "Take back a character", actions.erase),
        ("line-word", "Ctrl+W Alt+Backspace", "Take back a word", actions.erase_word),
        ("line-all", "Ctrl+U", "Take back all", actions.erase_line),
        mode="line",
        repeat="free",
    ),
    *_rows(
        "In the help",
        ("help-down", "PageDown Right Down Space Enter j", "Turn the page", actions.turn_help(1)),
        ("help-up", "PageUp Left Up Backspace k", "Turn back", actions.turn_help(-1)),
        ("help-leave", "? q", "Leave the help", actions.leave),
        mode="help",
        repeat="step",
        measure="help",
    ),
    *_rows(
        "In the report",
        ("report-down", "PageDown Right Down Space j", "Page down", actions.turn_report(1)),
        ("report-up", "PageUp Left Up Backspace k", "Page up", actions.turn_report(-1)),
        mode="report",
        repeat="step",
        measure="report",
    ),
    *_rows("In the report", ("report-leave", "q Enter", "Leave the program", actions.close), mode="report"),
)
BY_NAME: Final = {command.name: command for command in COMMANDS}
TYPE: Final = Command("type", (), "Type into the line", "In search and go-to", actions.type_in, "line", "free")
"""What keys that write a character do while a line is typed."""
ARRIVE: Final = Command("arrive", (), "Go to a step of a slide", "Move", actions.arrive, scope="talk")
"""What a jump in another window leads to; the argument is the step and the slide's id."""

_DIGITS: Final = {"digit", "digits-erase", "digits-go"}
_OFFER: Final = {"reflow", "reflow-take", "leave"}
_HITS: Final = {"hit-open", "next-hit", "previous-hit"}


def modes(state: State, now: float) -> tuple[KeyMode, ...]:
    """Return the modes in which a key is looked up, the first one first."""
    if state.overlay in ("search", "goto"):
        return (state.overlay, "line", "any")
    if state.overlay in ("overview", "report"):
        return (state.overlay, "any")
    if state.overlay == "help":
        return ("help", "any", "")
    typing: tuple[KeyMode, ...] = ("digits",) if state.digits and now - state.digits_at <= DIGITS_SECONDS else ()
    walking: tuple[KeyMode, ...] = ("hits",) if state.hits else ()
    looking: tuple[KeyMode, ...] = ("offer",) if state.offer is not None else ()
    return (*looking, *typing, *walking, "any", "")


def act(  # noqa: PLR0913 - what a command is given
    command: Command | None,
    state: State,
    outline: Outline,
    now: float,
    argument: Argument = NO_ARGUMENT,
    *,
    by: str = "",
) -> State:
    """Give a command; None is a key without one.

    While the audience's screen is blank any key lights it and does nothing else, but for Ctrl+C, which also counts.
    A command of the talk given over the help, or over an empty line, closes it first. What a command had to say goes
    with the next one, but not when that shows the view where it can be read. A move shows the notes of the slide where
    they were left, and starts the timer, once, unless the deck wants it otherwise; a move that is not one of the search
    ends it. The time goes to what the audience sees.
    """
    if state.left_seen:
        state = replace(state, left_seen=False)
    if state.blank:
        state = replace(state.saying("", now), blank="")
        if command is None or command.name != "interrupt":
            return state
    if command is None:
        return state
    kept = command.name == "speaker" and state.word != "" and now - state.said_at <= actions.WORD_KEPT
    old = replace(
        state if kept else state.saying("", now),
        digits=state.digits if command.name in _DIGITS or command.name == "leave" else "",
        asked=state.asked if kept or (state.asked, state.asked_by) == (command.name, by) else "",
        asked_by=by,
        overlay="" if _closes(state, command) else state.overlay,
        offer=state.offer if command.name in _OFFER else None,
    )
    new = command.do(old, outline, now, argument)
    if new.word and not kept:
        new = new.saying(new.word, now)
    return timer.charge_time(_moved(command, old, new, outline, now), outline, now)


def _closes(state: State, command: Command) -> bool:
    """Say whether a command of the talk ends the overlay: the help, or a line in which nothing has been typed."""
    empty = state.overlay in ("search", "goto") and not state.typed
    return command.mode == "" and (state.overlay == "help" or empty)


def _moved(command: Command, old: State, new: State, outline: Outline, now: float) -> State:
    """Return the state after a command, with what a move brings along."""
    if (new.at, new.gone) == (old.at, old.gone):
        return replace(new, stale=new.stale and not (old.frozen and not new.frozen))
    walking = command.name in _HITS
    begins = outline.resume_on_move if new.timer.started else outline.start == "first-move" or new.start_missed
    goes = begins and new.shown != old.shown
    account = new.account
    if goes and not new.timer.started and old.shown.slide != new.shown.slide and not old.gone:
        shown = old.shown.slide
        account = replace(account, before=outline.ids[shown] if outline.kinds[shown] == "main" else "")
    return replace(
        note_scroll.restore_scroll(old, new, outline),
        account=account,
        stale=new.stale and new.frozen is not None,
        hits=new.hits if walking else (),
        typed=new.typed if walking or new.overlay else "",
        timer=new.timer.start(now) if goes else new.timer,
    )
