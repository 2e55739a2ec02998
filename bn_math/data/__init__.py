"""Data sets, reading them from files, and splitting their rows into mini-batches.

Losses, optimizers and the lesson's settings are not to be known here.
"""
