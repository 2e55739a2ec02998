"""What the scenes about mini-batches draw: their lines, figures and panels, for data of any size.

No scene lives here, and nothing that scenes of another kind need.
"""
