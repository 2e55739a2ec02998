"""A network as it is computed: layers forward and back, many of them side by side, and their starts.

What they are trained on, and what is found by it, is not to be known here.
"""
