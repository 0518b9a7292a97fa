"""What lets Schemathesis ask a service."""
