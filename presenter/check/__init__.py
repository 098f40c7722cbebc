"""What `presenter check` says: all that is wrong with a deck, also what only drawing it shows. No window is needed.

check_deck(path) -> Report      examining.py: load, look at pictures, paint every step of every slide, ask every rule
RULES                           rules.py: the rules with their ids; one is one small function
described, as_json, as_github   reports.py: a report for people, programs, and annotations on a page
run                             running.py: the command, with its progress and its watching
"""
