"""The commands of an author's loop: how long it is, what it looks like, what a change has made of it.

Nothing that is handed out is made here.
"""
