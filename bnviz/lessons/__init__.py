"""What is known of a lesson before its film is rendered, and a file to begin one with.

Nothing is to be made of a lesson here: that is the rooms' for films, figures, talks and pages.
"""
