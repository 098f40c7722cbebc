"""Fonts that a deck brings along, drawn by Pillow."""

from __future__ import annotations

import io
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from presenter import safety
from presenter.imaging.files import Identity, identity, open_file
from presenter.imaging.model import PictureError
from presenter.imaging.stencil import ACROSS, Grid

_KINDS: Final = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
"""What TrueType, OpenType and collections of them begin with."""
