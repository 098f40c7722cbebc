"""The command line.

- `main`: presenting, rehearsing, checking, and what there is: keys, layouts, themes.
- `checks`: what is wrong with decks, and the schema for editors.
- `doctor`: what this terminal can do.
- `timing`: the plan of a talk, its recorded runs, and times written back.
- `authoring`: a new deck.
- `completing`: what the shell needs to complete words.
- `showing`: slides printed.
- `words`: decks and names on the command line, and how the shell completes them.
- `converting`: decks made of Markdown files.
- `windows`: other windows of a talk.
- `common`: what they share.
"""

from presenter.cli.authoring import new
from presenter.cli.check import check, schema
from presenter.cli.completion import completion
from presenter.cli.convert import convert
from presenter.cli.doctor import doctor
from presenter.cli.main import cli
from presenter.cli.options import bundled_talk
from presenter.cli.show import show
from presenter.cli.speaker import speaker
from presenter.cli.timing import plan, runs, times

__all__ = [
    "bundled_talk",
    "check",
    "cli",
    "completion",
    "convert",
    "doctor",
    "new",
    "plan",
    "runs",
    "schema",
    "show",
    "speaker",
    "times",
]
