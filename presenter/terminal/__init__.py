"""The terminal without Textual: raw mode, control sequences, first frame, SGR, output, job control, guard process."""
