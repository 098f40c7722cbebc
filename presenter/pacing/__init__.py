"""How long a talk is meant to take, and how it stands: pure functions, whose clock is handed in.

plan(deck) -> Plan        planning.py, with words.py (what notes take to say) and sharing.py (sums that are exact)
Account                   account.py: where the time went
pace(plan, account, t)    pace.py: elapsed, left, early or late
band, band_words, signal  bands.py: the same as a word and a colour
stop_instant, tighter     stopping.py: hard stops on the wall clock
reflow(plan, ...)         reflow.py: the rest of the plan into the time that is left
time_bar                  timebar.py: progress by time, sections, and where the speaker should be
Clocks                    clocks.py: clocks that count sleep, and what to notice when they jump
"""

from presenter.pacing.account import Account
from presenter.pacing.bands import COLOURS, Band, Trail, alerts, band_of, band_words, signal, tolerance
from presenter.pacing.clocks import Clocks, SleepWatch, WallWatch, set_words, sleep_words, system_clocks
from presenter.pacing.pace import Pace, next_advance, pace
from presenter.pacing.planning import Part, Plan, Planned, plan
from presenter.pacing.reflow import Reflow, reflow, time_to_fill
from presenter.pacing.stopping import (
    break_words,
    needs_reflow,
    projected_end,
    question_words,
    stop_instant,
    stop_words,
    tighter,
    time_until,
)
from presenter.pacing.timebar import TimeBar, time_bar

__all__ = [
    "COLOURS",
    "Account",
    "Band",
    "Clocks",
    "Pace",
    "Part",
    "Plan",
    "Planned",
    "Reflow",
    "SleepWatch",
    "TimeBar",
    "Trail",
    "WallWatch",
    "alerts",
    "band_of",
    "band_words",
    "break_words",
    "needs_reflow",
    "next_advance",
    "pace",
    "plan",
    "projected_end",
    "question_words",
    "reflow",
    "set_words",
    "signal",
    "sleep_words",
    "stop_instant",
    "stop_words",
    "system_clocks",
    "tighter",
    "time_bar",
    "time_to_fill",
    "time_until",
    "tolerance",
]
