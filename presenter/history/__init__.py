"""Rehearsals: what is written down while a talk runs, what many runs say, and their times put back into the deck.

journal.py        writes a run, line by line, and never harms the talk; state_files.py says where
runs.py           reads runs back
resume_file.py    where a talk stands, for resuming it
compare.py        many runs, slide by slide; formats.py and html_page.py show them
report.py         one run
yaml_splice.py    times into the text of a deck; write_times.py into its files
answers.py        what `presenter plan`, `runs` and `times` print
"""
