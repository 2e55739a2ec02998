"""Checks of what was made: stored frames, legibility, stillness, flashes, pace.

Nothing is changed here.
"""
