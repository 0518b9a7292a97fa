"""What stored things look like to a reader: names, plain words, tables; and what is held back from pages."""
