"""What the commands do: pure functions of (state, outline, time, argument), in the order of the table.

The time is that of the talk's clock, in seconds. The argument is the key's digit, the text typed, or a number that
only the window knows, such as how many tiles stand in a row; empty for most commands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from presenter.session import navigation
from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.state import DIGITS_SECONDS, Outline, Position, State

Action: TypeAlias = Callable[[State, Outline, float, Argument], State]

QUIT_CONFIRM_SECONDS: Final = 3.0
"""Seconds within which the second `quit` has to come."""
INTERRUPT_CONFIRM_SECONDS: Final = 1.0
WORD_KEPT: Final = QUIT_CONFIRM_SECONDS
"""Seconds for which a word outlives the change to the other view."""
MAX_DIGITS: Final = 5
"""Digits that a number may have."""
MAX_LINE: Final = 200
"""Characters that may be typed in a line."""


def _go(state: State, position: Position) -> State:
    return replace(state, at=position, gone=0)


def _jump(state: State, outline: Outline, position: Position) -> State:
    """Go somewhere out of order, and remember where that was from."""
    if not outline.ids:
        return state
    back = state.at if position.slide != state.at.slide else state.back
    return replace(_go(state, outline.clamp(position)), back=back)


def step_on(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Show the next step; after the last one, the next slide."""
    return _go(state, state.at if state.gone else navigation.next_position(state.at, outline))


def step_back(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Show the step before; before the first one, the slide before at its last step."""
    if state.gone < 0:
        return _go(state, outline.end(state.at.slide))
    return _go(state, navigation.previous_position(state.at, outline))


def slide_on(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Show the next slide from its first step."""
    following = state.at.slide if state.gone else navigation.after(state.at.slide, outline)
    return state if following is None else _go(state, Position(following))


def slide_back(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Show the slide before from its first step."""
    preceding = state.at.slide if state.gone < 0 else navigation.before(state.at.slide, outline)
    return _go(state, Position(state.at.slide if preceding is None else preceding))


def to_end(which: Literal[0, -1]) -> Action:
    """Make the jump to the first (0) or last (-1) slide of the main path."""

    def do(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
        return _jump(state, outline, Position(outline.main[which])) if outline.ids else state

    return do


def go_back(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Return to where the last jump began; again comes back."""
    if state.back is None:
        return replace(state, word="nothing to return to")
    return replace(_go(state, outline.clamp(state.back)), back=state.at)


def digit(state: State, _outline: Outline, now: float, argument: Argument) -> State:
    """Add the digit in the argument to the number being typed."""
    kept = state.digits if now - state.digits_at <= DIGITS_SECONDS else ""
    if len(kept) >= MAX_DIGITS:
        return replace(
            state, digits=kept, digits_at=now, word=f"no slide has a number of more than {MAX_DIGITS} digits"
        )
    return replace(state, digits=kept + argument.text, digits_at=now)


def undigit(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """Take back the last digit."""
    return replace(state, digits=state.digits[:-1], digits_at=now)


def go_digits(state: State, outline: Outline, now: float, _argument: Argument) -> State:
    """Go to the number typed."""
    return go_to(replace(state, digits=""), outline, now, Argument(state.digits))


def go_to(state: State, outline: Outline, _now: float, argument: Argument) -> State:
    """Go to the slide that the argument means: a number (`12`, `A1`), an id or words of the title."""
    found = find_slide(outline, argument.text)
    if found is None:
        return replace(state, word=f"no slide “{argument.text.strip()}”")
    return replace(_jump(state, outline, Position(found)), overlay="", typed="")


def arrive(state: State, outline: Outline, _now: float, argument: Argument) -> State:
    """Go to a step of a slide."""
    if argument.slide not in outline.ids or argument.step < 0:
        return state
    return _jump(state, outline, Position(outline.ids.index(argument.slide), argument.step))


def find_slide(outline: Outline, text: str) -> int | None:
    """Return the slide meant by a number, an id or words of the title, tried in this order; None when there is none."""
    wanted = text.strip()
    number = wanted.lstrip("0") if wanted.isdecimal() else wanted.upper()
    if number in outline.labels:
        return outline.labels.index(number)
    if wanted in outline.ids:
        return outline.ids.index(wanted)
    return None if wanted.isdecimal() else outline.index.titled(wanted)


def open_overlay(overlay: Literal["help", "overview", "search", "goto"]) -> Action:
    """Make the command that opens an overlay."""

    def do(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
        cursor = state.at.slide if overlay == "overview" else 0
        return replace(state, overlay=overlay, typed="", cursor=cursor, hits=())

    return do


def type_in(state: State, _outline: Outline, _now: float, argument: Argument) -> State:
    """Add the argument to the line being typed."""
    return replace(state, typed=(state.typed + argument.text)[:MAX_LINE], cursor=0)


def erase(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Take back the last character; leave an empty line."""
    return replace(state, typed=state.typed[:-1], cursor=0) if state.typed else replace(state, overlay="")


def erase_word(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Take back the last word."""
    head, _, _ = state.typed.rstrip().rpartition(" ")
    return replace(state, typed=f"{head} " if head else "", cursor=0)


def erase_line(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Take back all that was typed."""
    return replace(state, typed="", cursor=0)


def choose_hit(by: int) -> Action:
    """Make the command that moves the choice among the hits; the argument says by how many, 1 when empty."""

    def do(state: State, outline: Outline, _now: float, argument: Argument) -> State:
        count = len(outline.index.find(state.typed))
        return replace(state, cursor=min(max(state.cursor + by * (argument.limit or 1), 0), max(count - 1, 0)))

    return do


def open_hit(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Go to the chosen hit and keep the others at hand."""
    hits = tuple(hit.slide for hit in outline.index.find(state.typed))
    if not hits:
        return replace(state, word=f"nothing found for “{state.typed}”" if state.typed else "")
    cursor = min(state.cursor, len(hits) - 1)
    return replace(_jump(state, outline, Position(hits[cursor])), overlay="", hits=hits, cursor=cursor)


def walk_hits(by: int) -> Action:
    """Make the command that goes to the next or previous hit, round and round."""

    def do(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
        if not state.hits:
            return state
        cursor = (state.cursor + by) % len(state.hits)
        return replace(_jump(state, outline, Position(state.hits[cursor])), cursor=cursor)

    return do


def open_line(state: State, outline: Outline, now: float, _argument: Argument) -> State:
    """Go to what was typed; leave an empty line."""
    return go_to(state, outline, now, Argument(state.typed)) if state.typed.strip() else replace(state, overlay="")


def tile(by: int, unit: Literal["tile", "row", "page", "deck"]) -> Action:
    """Make the command that moves the choice in the overview, which has so many columns and tiles on a page."""

    def do(state: State, outline: Outline, _now: float, argument: Argument) -> State:
        count = len(outline.ids)
        stride = {"tile": 1, "row": argument.columns, "page": argument.tiles, "deck": count}[unit]
        return replace(state, cursor=min(max(state.cursor + by * stride, 0), max(count - 1, 0)))

    return do


def open_tile(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Go to the slide chosen in the overview."""
    return replace(_jump(state, outline, Position(state.cursor)), overlay="")


def turn_help(by: int) -> Action:
    """Make the command that turns the pages of the help, and closes it after the last; the argument is their number."""

    def do(state: State, _outline: Outline, _now: float, argument: Argument) -> State:
        page = max(state.cursor + by, 0)
        return replace(state, cursor=page) if page < (argument.limit or 1) else replace(state, overlay="", cursor=0)

    return do


def blank(colour: Literal["black", "white"]) -> Action:
    """Make the command that puts out the audience's screen."""

    def do(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
        return replace(state, blank=colour)

    return do


def freeze(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
    """Hold the audience's slide, or let go: the talk is again where it was frozen; `return` leads to what was found."""
    if state.frozen is None:
        return replace(state, frozen=state.at, word="the audience keeps this slide")
    where = outline.clamp(state.frozen)
    back = state.at if state.at.slide != where.slide else state.back
    return replace(_go(state, where), frozen=None, back=back)


def swap_view(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Show the speaker view, or the slide again."""
    return replace(state, view="audience" if state.view == "speaker" else "speaker")


def leave(state: State, outline: Outline, now: float, argument: Argument) -> State:
    """Leave the innermost of: overlay, a new plan that is shown, typed digits, search, freeze."""
    if state.overlay == "report":
        return replace(state, over=True)
    if state.overlay:
        return replace(state, overlay="", typed="", cursor=0)
    if state.offer is not None:
        return replace(state, offer=None)
    if state.digits:
        return replace(state, digits="")
    if state.hits:
        return replace(state, hits=(), typed="", cursor=0)
    return state if state.frozen is None else freeze(state, outline, now, argument)


def lock(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Stop showing saved changes, or begin again."""
    return replace(state, locked=not state.locked, word="" if not state.locked else "saved changes are shown again")


def nothing(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Change nothing: what the command does is an effect of the window."""
    return state


def press_twice(name: str, within: float, word: str, *, always: bool) -> Action:
    """Make a command that ends the talk when given twice within some seconds; once will do while no timer runs.

    Args:
        name: of the command, which the state keeps until the second time.
        within: seconds.
        word: what to say after the first time.
        always: ask twice even when no timer runs.
    """

    def do(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
        if state.confirmed(name, now, within) or not (always or state.timer.running):
            # Ctrl+C means now; q may end with the report of a rehearsal.
            end = close if always or not state.report else show_report
            return end(state, _outline, now, NO_ARGUMENT)
        return replace(state, asked=name, asked_at=now, word=word)

    return do


def show_report(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """End a rehearsal and show where its time went; without any time there is nothing to show."""
    if not state.timer.started:
        return replace(state, over=True)
    return replace(state, timer=state.timer.pause(now), overlay="report", cursor=0)


def close(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """End the talk: the windows close."""
    return replace(state, over=True)


def turn_report(by: int) -> Action:
    """Make the command that scrolls the report; the argument is how far it can be scrolled, in pages."""

    def do(state: State, _outline: Outline, _now: float, argument: Argument) -> State:
        if state.overlay != "report":
            return state
        return replace(state, cursor=min(max(state.cursor + by, 0), argument.limit or 0))

    return do
