"""One cut through a loss along the way downhill: lifted out of the surface, laid flat, and stepped down."""
