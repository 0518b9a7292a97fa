"""Clients that were not written here, against the real server: what people have already must work."""
