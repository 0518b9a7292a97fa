"""Which state "the kingdom" or "the sultanate" is: that of this form whom the text named last."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.reading.page import Page

REALMS: Final = frozenset({"kingdom", "sultanate", "emirate"})
_FORMS: Final = ("{0} of {1}", "{0} of the {1}", "Hashemite {0} of {1}")


def realm_of(page: Page, token: Token) -> str | None:
    """Return the code of the state for which a form of government stands, None where none is meant.

    Only a state whose official name in the lexicon has that form is one: "Kingdom of Bahrain".
    """
    form = token.lemma_.lower()
    if form not in REALMS or not any(child.lower_ in ("the", "this") for child in token.children):
        return None
    for mention in reversed(list(page.mentions_in(0, token.i))):
        for entry in mention.entries:
            if (
                entry.kind == "state"
                and entry.state
                and _is(page, form.capitalize(), entry.name, entry.state)
            ):
                return entry.state
    return None


def _is(page: Page, form: str, name: str, state: str) -> bool:
    """Tell whether a state's official name has a form."""
    names = [pattern.format(form, name) for pattern in _FORMS]
    found = [match for one in names for match in page.lexicon.matches(one) if match.text == one]
    return any(entry.state == state for match in found for entry in match.entries)
