"""Checks of what was made: reference frames, legibility, stillness, flashes, pace, captions, loudness.

Nothing is changed here, and nothing is rendered; limits.py holds every limit.
"""
