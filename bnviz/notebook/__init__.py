"""What a notebook's cell shows: a video, a figure, the page to play with.

No command is here, and nothing is drawn.
"""
