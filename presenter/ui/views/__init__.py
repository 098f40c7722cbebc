"""What the windows show: pure functions from a view model to rows of cells."""
