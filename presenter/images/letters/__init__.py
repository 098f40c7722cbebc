"""Large letters: outlines, sizes, and how they become cells."""
