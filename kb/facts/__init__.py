"""Facts: events made from claims, routed, attested and derived; always rebuilt, never edited."""

from kb.facts.derive import Rule, Scope, rules
from kb.facts.ground import Ground
from kb.facts.identity import Keys, keys
from kb.facts.rebuild import rebuild
from kb.facts.routing import Route
from kb.facts.sync import ArticleChange, ArticleState, sync

__all__ = [
    "ArticleChange",
    "ArticleState",
    "Ground",
    "Keys",
    "Route",
    "Rule",
    "Scope",
    "keys",
    "rebuild",
    "rules",
    "sync",
]
