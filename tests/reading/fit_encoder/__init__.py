"""Train the network that reads words in their context (kb/reading/context): needs the extra ``train``."""
