"""The SPARQL 1.1 Protocol at /sparql: as data, as a page, and by a shorter way for a plain query."""
