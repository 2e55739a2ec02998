"""Losses, their spectra, optimizers, and descents with their counts of steps.

Neurons, stacks of layers and the lesson's settings are not to be known here.
"""
