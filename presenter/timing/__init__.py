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
