"""The deck: its data, loading it from YAML, and what can be wrong with it.

The names below load when they are first asked for: completing a word on the command line needs `deck.glance` alone.
"""
