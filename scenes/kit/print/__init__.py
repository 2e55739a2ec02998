"""A picture of the film set for a printed page: sizes in points, axes with numbers, keys to colors.

Nothing here knows of files.
"""
