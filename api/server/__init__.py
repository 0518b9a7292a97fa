"""The HTTP server: granian in this process, the application in threads."""
