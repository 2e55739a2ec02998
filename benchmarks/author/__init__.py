"""What an author waits for."""
