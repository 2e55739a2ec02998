"""Losses, their spectra, optimizers, and descents."""
