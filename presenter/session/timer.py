"""What the commands do to the time of a talk: pure functions of (state, outline, time, argument), as in `actions`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from presenter.session.actions import Action
from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.navigation import slide_id
from presenter.session.resume import KEPT, OFFER_SECONDS
from presenter.session.state import MarkedMoment, Outline, Position, State, Timer, Undo
from presenter.timing.durations import format_clock, format_elapsed, format_signed
from presenter.timing.reflow import reflow, time_to_fill
from presenter.timing.time_log import TimeLog

RESET_CONFIRM_SECONDS: Final = 3.0
"""Seconds within which the second `reset` has to come."""
SLEEP_UNDO_SECONDS: Final = 120.0
"""Seconds for which sleep may be taken out."""
MAX_UNDO: Final = 20
"""Changes that are kept for undoing."""
MAX_EXTRA_SECONDS: Final = 24 * 60 * 60


def charge_time(state: State, outline: Outline, now: float) -> State:
    """Return the state with the time going to the slide that the audience sees, once the timer has started."""
    if not state.timer.started or not outline.ids:
        return state
    name, main = slide_id(state, outline)
    return replace(state, account=state.account.to(name, state.timer.elapsed(now), main=main))


def swap_timer(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """Start the timer, or pause it."""
    return replace(state, timer=state.timer.pause(now) if state.timer.running else state.timer.start(now))


def start(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """Start the timer unless it runs."""
    return replace(state, timer=state.timer.start(now))


def question(state: State, outline: Outline, now: float, _argument: Argument) -> State:
    """Begin a question from the audience, whose time comes from the reserve; again: the talk goes on."""
    if not state.timer.started:
        return replace(state, word="the timer has not started")
    total, account = state.timer.elapsed(now), state.account
    if account.asked_at is None:
        return replace(state, account=account.ask(total))
    took, over = format_clock(account.question(total)), account.answer(total)
    rest = max(0.0, (state.plan or outline.plan).reserve - over.answered)
    return replace(state, account=over, word=f"the question took {took}; {format_clock(rest)} left for others")


def reset(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """Set the timer to nothing, when given twice within some seconds; what was recorded stays a run of its own."""
    if not state.timer.started:
        return replace(state, word="the timer has not started")
    if not state.confirmed("reset", now, RESET_CONFIRM_SECONDS):
        return replace(state, asked="reset", asked_at=now, word="again sets the timer to 0:00")
    step = Undo("reset", plan=state.plan, timer=state.timer, account=state.account, marks=state.marks)
    fresh = replace(state, timer=Timer(), account=_fresh(state), plan=None, marks=(), slept=0.0, run=state.run + 1)
    return _done(replace(fresh, asked="", word="the timer stands at 0:00; undo brings the time back"), step)


def _fresh(state: State) -> TimeLog:
    return TimeLog(extra=state.account.extra)


def minute(seconds: int) -> Action:
    """Make the command that grants the talk some seconds, or takes them."""

    def do(state: State, outline: Outline, _now: float, _argument: Argument) -> State:
        plan, account = state.plan or outline.plan, state.account.grant(seconds)
        if abs(account.extra) > MAX_EXTRA_SECONDS:
            return state
        total = f": the talk may take {format_clock(max(0, plan.duration + account.extra))}" if plan.duration else ""
        word = f"{format_signed(account.extra) if account.extra else 'no change'} in all{total}"
        return _done(replace(state, account=account, word=word), Undo(f"{format_signed(seconds)}", granted=seconds))

    return do


def offer(state: State, outline: Outline, now: float, argument: Argument) -> State:
    """Show what the plan would be if the rest of it had to fit into the time left.

    The argument has the seconds until the hard stop; None without one. Nothing is shown to an audience.
    """
    if state.view != "speaker":
        return state
    if state.offer is not None and state.offer.rest:
        return replace(state, offer=state.offer.next)
    plan, total = state.plan or outline.plan, state.timer.elapsed(now)
    available = time_to_fill(plan, state.account, total, argument.seconds)
    if available is None:
        return replace(state, word="there is nothing to fit the plan into: the deck has no duration and no stop")
    return replace(state, offer=reflow(plan, state.account, total, available))


def take_offer(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Go on with the plan that was shown."""
    if state.offer is None:
        return state
    if not state.offer.fits:
        return replace(state, word="not taken: slides with a fixed time alone take more than there is")
    step = Undo("new plan", plan=state.plan, planned=True)
    word = "the rest of the plan fits the time left; undo brings the old one back"
    return _done(replace(state, plan=state.offer.after, offer=None, word=word), step)


def undo(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Take back the last reset, new plan or minute."""
    if not state.undo:
        return replace(state, word="there is nothing to undo: no reset, no new plan, no minute")
    step = state.undo[-1]
    state = replace(state, undo=state.undo[:-1], word=f"{step.what} undone", offer=None)
    if step.timer is not None and step.account is not None:
        # The seconds since then go to the slide that was shown at the time of the reset.
        old = replace(state, timer=step.timer, account=step.account, plan=step.plan)
        return replace(old, marks=step.marks, slept=0.0, run=state.run - 1)
    if step.planned:
        return replace(state, plan=step.plan)
    return replace(state, account=state.account.grant(-step.granted))


def mark(state: State, outline: Outline, now: float, _argument: Argument) -> State:
    """Remember this moment of the talk."""
    if not state.timer.started or not outline.ids:
        return replace(state, word="the timer has not started")
    moment = MarkedMoment(state.timer.elapsed(now), slide_id(state, outline)[0])
    return replace(state, marks=(*state.marks, moment), word=f"marked at {format_elapsed(moment.elapsed)}")


def remove_sleep(state: State, _outline: Outline, now: float, _argument: Argument) -> State:
    """Take the seconds out that the machine slept: nobody was there to hear them."""
    if not state.slept or now - state.slept_at > SLEEP_UNDO_SECONDS:
        return replace(state, slept=0.0, word="there is no gap to take out")
    account, gone = state.account.without(state.slept, state.slept_on, state.timer.elapsed(now))
    word = f"a gap of {format_clock(gone)} taken out"
    return replace(state, account=account, timer=state.timer.less(gone), slept=0.0, word=word)


def after_sleep(state: State, gap: float, now: float) -> State:
    """Return the state after the machine slept; that counts: the audience waited. `wake` takes it out."""
    if not state.timer.running:
        return state
    on = "" if state.account.asked_at is not None else state.account.slide
    return replace(state, slept=state.slept + gap if state.slept_on == on else gap, slept_at=now, slept_on=on)


def start_talk(state: State, outline: Outline, until_stop: float | None) -> State:
    """Return the state of a talk that starts now: with a stop and no duration its time is what is left until then."""
    if until_stop is None or outline.plan.duration is not None or state.plan is not None or until_stop <= 0:
        return state
    return replace(state, plan=outline.planned(min(MAX_EXTRA_SECONDS, round(until_stop))))


def take_up(state: State, outline: Outline, now: float, _argument: Argument = NO_ARGUMENT) -> State:
    """Go on with the talk that broke off: slide, step, time, pause and all; the gap counts, and `wake` takes it out."""
    left = state.left
    if left is None:
        return replace(state, word="there is no talk that broke off")
    at = state.at
    if left.slide in outline.ids:
        at = outline.clamp(Position(outline.ids.index(left.slide), left.step))
    away = left.away(now)
    timer = Timer(left.elapsed + away, now if left.running else None, started=True)
    asked = left.account.asked_at is not None
    return replace(
        state,
        at=at,
        gone=0,
        timer=timer,
        account=left.account,
        left=None,
        slept=max(0.0, away - KEPT),
        slept_at=now,
        slept_on="" if asked else left.account.slide,
        word=f"the talk goes on: {left.words(outline, now)}",
    )


def offer_expired(state: State, now: float) -> bool:
    """Say whether the talk that is offered need not be any more: another one is well under way."""
    return state.left is not None and state.timer.elapsed(now) > OFFER_SECONDS


def restart(state: State, outline: Outline, now: float) -> State:
    """Return the state of a talk that goes round: at its first slide, with the timer at nothing."""
    first = next(iter(outline.main), 0)
    fresh = replace(state, at=Position(first), gone=0, timer=Timer().start(now), account=TimeLog(), run=state.run + 1)
    return charge_time(fresh, outline, now)


def through(state: State, outline: Outline, now: float) -> State:
    """Return the state of a talk that has gone to its end by itself: its clock stands, a rehearsal shows its report."""
    state = charge_time(replace(state, timer=state.timer.pause(now)), outline, now)
    if state.report:
        return replace(state, overlay="report", cursor=0)
    return state.saying("the talk is through", now)


def overdue(state: State, outline: Outline, now: float) -> float | None:
    """Return for how many seconds a talk that goes on by itself should have gone on; negative while it need not yet.

    A slide's time is divided evenly among its steps, a second at least for each, and counts from when it was entered.
    None when the talk waits for its speaker: paused, or off the main path.
    """
    plan = state.plan or outline.plan
    place = plan.position.get(state.account.slide)
    held = state.frozen is not None or state.overlay or state.blank or state.digits
    if not state.auto or not state.timer.running or place is None or held:
        return None
    slide = plan.slides[place]
    each = max(1.0, slide.seconds / max(1, outline.steps[state.at.slide]))
    visit = state.account.spoken(state.timer.elapsed(now)) - state.account.since
    return visit - each * (state.at.step + 1)


def _done(state: State, step: Undo) -> State:
    return replace(state, undo=(*state.undo, step)[-MAX_UNDO:])
