"""Standardizing, batch normalization, and the noise of mini-batches."""
