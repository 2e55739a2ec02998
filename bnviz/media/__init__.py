"""Bytes of pictures and sound: encoders, containers, captions, loudness.

No scene, no lesson and no film is known here.
"""
