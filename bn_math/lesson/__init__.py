"""The lesson: its settings, read and checked, and what follows from them by stage and by mini-batch.

Formulas are not to live here: they are in the rooms below, and no room below may import this one.
"""
