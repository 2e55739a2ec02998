"""What pages share: scripts and styles with their policy, files inside a page, and the themes' colors.

Nothing here knows what a page shows.
"""
