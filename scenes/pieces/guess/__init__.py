"""A guess at the weights: what it says of every row, how it misses, and the height that its misses make.

Its plane, its pin and the curve that the pin's top draws stand in space; the rows stand beside, sorted.
"""
