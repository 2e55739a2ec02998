"""Data sets, how they are read, and how rows are dealt into mini-batches."""
