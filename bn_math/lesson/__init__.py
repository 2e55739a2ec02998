"""A lesson: every setting, the stages, and what follows from the mini-batches."""
