"""What `presenter check` says: all that is wrong with a deck, also what only drawing it shows. No window is needed.

check_deck(path) -> Report      examining.py: load, look at pictures, paint every step of every slide, ask every rule
RULES                           rules.py: the rules with their ids; one is one small function
described, as_json, as_github   reports.py: a report for people, programs, and annotations on a page
run                             running.py: the command, with its progress and its watching
"""

from presenter.checking.case import Report
from presenter.checking.examining import SIZES, Manner, check_deck
from presenter.checking.reports import as_github, as_json, describe, described
from presenter.checking.rules import RULES, Rule, rules_markdown, rules_text
from presenter.checking.running import Form, Wishes, run, watch

__all__ = [
    "RULES",
    "SIZES",
    "Form",
    "Manner",
    "Report",
    "Rule",
    "Wishes",
    "as_github",
    "as_json",
    "check_deck",
    "describe",
    "described",
    "rules_markdown",
    "rules_text",
    "run",
    "watch",
]
