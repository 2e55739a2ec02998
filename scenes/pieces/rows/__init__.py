"""What shows the rows of a data set and their two features: axes that change their scale, bars of spreads.

No scene lives here, and nothing of losses.
"""
