"""Documents of triples about something: their forms, their addresses and headers, compact JSON-LD."""
