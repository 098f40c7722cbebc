"""Lines of cells: what everything on a slide is made of."""
