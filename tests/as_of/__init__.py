"""What a base knew on an earlier day."""
