"""What scenes put on a cut-out loss and beside it, and hand on to one another.

What every cut-out loss has is the kit's, in scenes/kit/surface/trough.
"""
