"""The ontology's terms and what partner vocabularies call them, read once; apart from any page."""
