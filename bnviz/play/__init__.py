"""The page to play with: the lesson's data, loss, layer and norms with knobs, on the reader's own machine.

Its JavaScript lies in ``web/``: ``maths`` knows no pictures, ``drawing`` no knobs, ``app`` joins them.
"""
