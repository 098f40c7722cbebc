"""For those who write decks: a deck to begin with, slides and outlines printed, and where every value comes from.

starter(...)       the text of a new deck           starter.py
save_new(path)     a file that was not there        saving.py
printed(...)       slides as text or in colours     printing.py
outline(deck)      all words of a talk, in order    outline.py
resolved(path)     where values come from           resolving.py
"""
