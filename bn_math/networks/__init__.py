"""The batch-normalized neuron, deep stacks of layers, and networks that are trained.

The lesson's settings are not to be known here.
"""
