"""What the service tells of itself: service description, VoID and DCAT, example queries."""

from api.description.pages import blueprint, service_description

__all__ = ["blueprint", "service_description"]
