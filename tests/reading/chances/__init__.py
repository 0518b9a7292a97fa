"""Each word that may tell an event is weighed, and who takes part."""
