"""What an author sees of a change that is saved: which beat it is about, its picture, a page that shows it.

Nothing here is handed out or kept.
"""
