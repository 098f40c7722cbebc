"""The way from a Markdown file to the text of a deck."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from presenter.convert.assemble import assemble
from presenter.convert.dialects import TOOL_NAMES, Dialect, detect
from presenter.convert.image_paths import ImagePaths
from presenter.convert.markdown_source import SourceError, read_markdown, split_front_matter
from presenter.convert.pieces import Loss
from presenter.convert.slide_builder import SlideBuilder
from presenter.convert.splitter import drafts_of
from presenter.convert.yaml_writer import emit
from presenter.safety import clean_line


@dataclass(frozen=True, slots=True)
class Converted:
    """A deck made from Markdown."""

    text: str
    """The YAML."""
    dialect: Dialect
    slides: int
    remarks: tuple[Loss, ...] = ()
    """What the deck does not carry as it was, in the order of the source."""


def convert_file(path: Path, deck: Path, dialect: Dialect | None = None) -> Converted:
    """Convert a Markdown file. Nothing is written.

    Args:
        path: the file.
        deck: where the deck will stand: paths of pictures are written from there.
        dialect: the tool it was written for; found out when None.

    Raises:
        SourceError: the file cannot be converted.
    """
    text = read_markdown(path)
    real = Path(os.path.realpath(path))
    return convert_text(
        text, path.name, ImagePaths(real.parent, Path(os.path.realpath(deck.parent)) / deck.name), dialect
    )


def convert_text(text: str, name: str, shelf: ImagePaths, dialect: Dialect | None = None) -> Converted:
    """Convert Markdown that was read; `name` is what its file is called.

    Raises:
        SourceError: there is nothing to show in it, or more than a parser can take.
    """
    written = split_front_matter(text)
    try:
        chosen = dialect or detect(written)
        shelf.public = chosen == "slidev"
        drafts = drafts_of(written, chosen)
    except RecursionError:
        raise SourceError("lists and quotations are nested too deeply") from None
    whole = assemble(drafts, written.front, chosen, SlideBuilder(chosen, shelf))
    whole.remarks[:0] = written.remarks
    if not whole.slides:
        raise SourceError("there is nothing to show in this file")
    remarks = [*whole.remarks, *(remark for section in whole.sections for remark in section.remarks)]
    remarks += [remark for slide in whole.slides for remark in slide.remarks]
    told = tuple(sorted({remark for remark in remarks if remark.told}, key=lambda remark: (remark.line, remark.words)))
    header = [f"Made from {clean_line(name)} ({TOOL_NAMES[chosen]}) by `presenter convert`."]
    if told:
        header.append("What a deck has no place for stands in comments, each with its line in that file.")
    return Converted(emit(whole, header), chosen, whole.count, told)
