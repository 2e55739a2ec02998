"""What an encoder's settings cost and what they keep: measured on frames of every kind that the film has."""
