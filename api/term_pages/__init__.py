"""The vocabulary's pages and documents, in three languages, served and as files."""
