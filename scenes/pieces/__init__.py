"""What one scene alone needs, too large for its file. It imports the kit, never a scene."""
