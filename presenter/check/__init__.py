"""What `presenter check` says: all that is wrong with a deck, also what only drawing it shows. No window is needed.

engine.py     load, look at pictures, paint every step of every slide, ask every rule: `check_deck`
rules.py      the rules with their ids; one is one small function
context.py    what a rule is given, and what it finds
output.py     a report for people, for programs, and as annotations on a page
runner.py     the command, with its progress and its watching
"""
