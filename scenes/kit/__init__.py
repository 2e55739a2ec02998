"""What the scenes share: colours, letters, beats, voice, loss surfaces and charts. It imports no scene."""
