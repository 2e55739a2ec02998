"""What is drawn of rows whose correlation alone changes: their cloud, their loss, and a place for both.

Nothing of other scenes.
"""
