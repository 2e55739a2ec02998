"""Mini-batches in the plane of both features, while they are standardized, and scaled and shifted."""
