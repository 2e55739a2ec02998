"""Many marks of one kind, drawn in one go and faster than one by one: discs, halos.

What they mean is not known here.
"""
