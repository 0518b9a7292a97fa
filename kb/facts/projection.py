"""From claims to nodes: the one way that both a full rebuild and a small change take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.facts.background import Background
from kb.facts.events import Projected, event
from kb.facts.identity import STANDING
from kb.facts.routing import groups
from kb.facts.standing import standing
from kb.facts.told import Told


def project(
    told: Iterable[Told], background: Background, described: Mapping[str, Background]
) -> list[Projected]:
    """Return the events and standing facts that whole families of claims come to.

    ``told`` holds all claims of each family, and the denials that match any of them; ``described`` holds,
    by article, what the article says of entities that reference data does not know.
    """
    found: list[Projected] = []
    for group in groups(told, background, described):
        if group.type in STANDING:
            found += standing(group, background, described)
        else:
            found.append(event(group, background, described))
    return found
