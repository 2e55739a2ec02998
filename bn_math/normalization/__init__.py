"""Standardizing, the batch-normalization layer, and the noise that mini-batches bring to it.

Arrays in, arrays out: data sets, losses and training are not to be known here.
"""
