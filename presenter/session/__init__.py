"""A running talk as one value, and everything that can be done to it: pure, without a window or a clock.

    state -> act(command, state, outline, now) -> state

- `state`: `State`, `Position`, `Timer`, and `Outline`, what the commands know of a deck.
- `commands`: `COMMANDS`, the only table of commands, and `act`; `doing`, `timing` and `moves` are what they do.
- `resuming`: a talk that broke off.
- `live`: what changes while time passes: the word for the pace, and alerts.
- `bindings`, `keys`, `keymap`, `held`: from a key that was pressed to a command.
- `finding`: search. `reloading`: the same talk with a changed deck.
"""
