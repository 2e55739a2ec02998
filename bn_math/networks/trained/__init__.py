"""Networks that are trained, with and without batch normalization, and what is found by training them.

What is shown of it, and in which words, is not to be known here.
"""
