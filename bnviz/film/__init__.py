"""From scenes to a film: looked up, rendered where missing, joined.

How a picture or a sound becomes bytes is the media room's business.
"""
