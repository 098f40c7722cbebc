"""Rehearsals: what is written down while a talk runs, what many runs say, and their times put back into the deck.

journal.py    writes a run, line by line, and never harms the talk; folders.py says where
reading.py    reads runs back
resuming.py   where a talk stands, for taking it up again
comparing.py  many runs, slide by slide; tables.py and page.py show them
report.py     one run
splicing.py   times into the text of a deck; writing.py into its files
commands.py   what `presenter plan`, `runs` and `times` print
"""
