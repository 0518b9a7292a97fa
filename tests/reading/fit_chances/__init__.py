"""Fit the weights of kb/reading/chances to texts with gold."""
