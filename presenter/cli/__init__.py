"""The command line.

- `main`: presenting, rehearsing, checking, and what there is: keys, layouts, themes.
- `checks`: what is wrong with decks, and the schema for editors.
- `timing`: the plan of a talk, its recorded runs, and times written back.
- `converting`: decks made of Markdown files.
- `common`: what they share.
"""

from presenter.cli.checks import check, schema
from presenter.cli.common import bundled_talk
from presenter.cli.converting import convert
from presenter.cli.main import cli
from presenter.cli.timing import plan, runs, times

__all__ = ["bundled_talk", "check", "cli", "convert", "plan", "runs", "schema", "times"]
