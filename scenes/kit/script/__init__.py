"""What is said: words, numbers, captions, voice, and a beat as it was rendered.

Nothing is drawn here.
"""
