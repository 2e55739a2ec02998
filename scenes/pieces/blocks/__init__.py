"""Blocks of lit cubes: what a layer hands on, and the layers of a stack."""
