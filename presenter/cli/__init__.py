"""The command line.

- `main`: presenting, rehearsing, checking, and what there is: keys, layouts, themes.
- `doctor`: what this terminal can do.
- `timing`: the plan of a talk, its recorded runs, and times written back.
- `converting`: decks made of Markdown files.
- `windows`: other windows of a talk.
- `common`: what they share.
"""

from presenter.cli.common import bundled_talk
from presenter.cli.converting import convert
from presenter.cli.doctor import doctor
from presenter.cli.main import cli
from presenter.cli.timing import plan, runs, times
from presenter.cli.windows import speaker

__all__ = ["bundled_talk", "cli", "convert", "doctor", "plan", "runs", "speaker", "times"]
