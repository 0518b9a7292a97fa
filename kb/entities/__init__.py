"""Names to entities: curated ones where a name is known, opaque ones where it is not."""

from kb.entities.resolve import resolve

__all__ = ["resolve"]
