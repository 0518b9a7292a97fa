"""A page and a document for each thing at its IRI's local path: its state, its events, its data block."""
