"""Evaluation: how near claims come to gold claims of the same texts. Nothing here reads a text."""
