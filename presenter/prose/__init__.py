"""Prose to rows of cells: Markdown, program listings and tables."""

from presenter.prose.inline import MOST, inline, plain
from presenter.prose.listing import listing
from presenter.prose.markdown import MEASURE, point_rows, render
from presenter.prose.table import grid

__all__ = ["MEASURE", "MOST", "grid", "inline", "listing", "plain", "point_rows", "render"]
