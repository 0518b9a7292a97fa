"""Tests of the bundled dispatches and their gold claims."""
