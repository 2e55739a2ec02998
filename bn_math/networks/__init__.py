"""The batch-normalized neuron, and deep stacks of layers.

The lesson's settings are not to be known here.
"""
