"""Decks written in Markdown for other tools, made into decks of this program.

    read, cut     the file and its front matter                reading.py
    detect        the tool it was written for                  dialects.py
    drafts_of     slides, and the pieces on each               splitting.py, blocks.py, tags.py, marks.py, comments.py
    shape         a layout for each slide                      shaping.py, bodies.py, columns.py
    assemble      the deck's keys, its sections                assembling.py
    emit          YAML that a person would like to edit        emitting.py
    save          into place as a whole, or not at all         saving.py

Nothing of the source is lost without a word: what a deck has no place for is a `Remark`, which stands as a comment in
the YAML and is told with its line.
"""
