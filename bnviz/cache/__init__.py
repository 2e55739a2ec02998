"""Rendered scenes that are kept: what a scene's key is made from, entries, and the store.

Nothing is rendered here.
"""
