"""A slideshow and talk presenter for the terminal."""

__version__ = "0.1.0"
