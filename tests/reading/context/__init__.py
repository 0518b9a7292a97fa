"""The network that reads words in their context."""
