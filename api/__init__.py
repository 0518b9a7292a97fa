"""HTTP over the knowledge base: the SPARQL protocol, the questions, a page for each thing and article."""

from api.app import create_app

__all__ = ["create_app"]
