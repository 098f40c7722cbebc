"""Lines of cells: what everything on a slide is made of."""

from presenter.drawing.block import Block, Line
from presenter.drawing.stage import Stage

__all__ = ["Block", "Line", "Stage"]
