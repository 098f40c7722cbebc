"""A running talk as one value, and everything that can be done to it: pure, without a window or a clock.

    state -> act(command, state, outline, now) -> state

state.py       `State`, `Position`, `Timer`, and `Outline`, what the commands know of a deck
session.py     deck, outline and state in one place, which a reload changes
commands.py    `COMMANDS`, the only table of commands, and `act`
actions.py     what commands do; navigation.py, timer.py and note_scroll.py have parts of it
argument.py    what a command is given that only the window knows
alerts.py      what changes while time passes: the word for the pace, and alerts
bindings.py    from a key that was pressed to a command, with keys.py, keymap.py and key_repeat.py
search.py      titles, text and notes; reload.py: the same talk with a changed deck
resume.py      an interrupted talk
"""
