"""Short names that two states share, "Korea", "Congo": the outlet decides, or what else the text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.errors import NotFound
from kb.reading.data import nominals
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_records import Match


def matches(text: str, outlet_state: str | None, lexicon: Lexicon, known: Sequence[Match]) -> list[Match]:
    """Return where a text names a state by a name that another has too, sorted by start.

    ``known``: what the lexicon finds; inside it nothing is sought ("South Korea").
    """
    taken = bytearray(len(text))
    counts: Counter[str] = Counter()
    for match in known:
        taken[match.start : match.end] = b"\1" * (match.end - match.start)
        counts.update(entry.state for entry in match.entries[:1] if entry.kind == "state" and entry.state)
    found = []
    for row in sorted(nominals()["shared_names"]):
        name, demonym, *codes = row.split()
        code = (
            outlet_state
            if outlet_state in codes
            else max(codes, key=lambda one: (counts[one], -codes.index(one)))
        )
        try:
            entry = lexicon.state(code)
        except NotFound:
            continue
        for hit in re.finditer(rf"(?<![\w-])(?:{name}|{demonym}s?)(?!\w)", text):
            if not any(taken[hit.start() : hit.end()]):
                form = "name" if hit[0] == name else "demonym"
                found.append(Match(*hit.span(), hit[0], form, (entry,), (form,)))
    return sorted(found, key=lambda match: match.start)
