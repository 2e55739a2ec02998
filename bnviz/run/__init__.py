"""Driving one scene in this process: finding it, configuring Manim, taking its pictures.

No files of films, figures or talks are known here, and no processes.
"""
