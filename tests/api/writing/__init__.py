"""What may be changed over HTTP, and by whom."""
