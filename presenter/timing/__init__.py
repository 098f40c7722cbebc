"""How long a talk is meant to take, and how it stands: pure functions, whose clock is handed in.

plan.py           the time of every slide; speech.py: what notes take to say; apportion.py: sums that are exact
time_log.py       where the time went
pace.py           elapsed, left, early or late
pace_status.py    the same as a word and a colour
deadline.py       hard stops on the wall clock
reflow.py         the rest of the plan into the time that is left
bar.py            progress by time, sections, and where the speaker should be
clocks.py         clocks that count sleep, and what to notice when they jump
"""
