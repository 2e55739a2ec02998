"""What the scenes about the noise of mini-batches draw: a row among its batch, and balls that shiver.

No scene lives here, and nothing that scenes of another kind need.
"""
