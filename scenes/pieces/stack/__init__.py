"""A deep stack of layers: sums go forward through it, and a gradient comes back as light."""
