"""The command line.

main.py          presenting, rehearsing, and what there is: keys, layouts, themes
check.py         what is wrong with decks, and the schema for editors
convert.py       decks made of Markdown files
authoring.py     a new deck
show.py          slides printed
timing.py        the plan of a talk, its recorded runs, and times written back
speaker.py       other windows of a talk
doctor.py        what this terminal can do
completion.py    what the shell needs to complete words
types.py         decks and names on the command line, and how the shell completes them
options.py       what the commands share
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
