"""The deck: its data, loading it from YAML, and what can be wrong with it.

load.py     a deck from its files, with every problem and its place
scan.py     the names in a deck alone, which is all that completing a word needs
"""
