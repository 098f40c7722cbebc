"""For those who write decks: a deck to begin with, slides and outlines printed, and where every value comes from.

new_deck.py    the text of a new deck
new_file.py    a file that was not there
printed.py     slides as text or in colours
text.py        all words of a talk, in order
values.py      where values come from
"""
