"""Decks written in Markdown for other tools, made into decks of this program.

markdown_source.py    the file and its front matter
dialects.py           the tool it was written for
splitter.py           slides; blocks.py, html_tags.py, line_marks.py and comments.py: the pieces on each
slide_builder.py      a layout for each slide, with body.py and columns.py
assemble.py           the deck's keys, its sections
yaml_writer.py        YAML that a person would like to edit
save.py               into place as a whole, or not at all
pipeline.py           all of it, one after the other

Nothing of the source is lost without a word: what a deck has no place for is a remark, which stands as a comment in the
YAML and is told with its line.
"""
