"""What a run of the model costs and what it leaves out, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kb.errors import ExtractorError


@dataclass(slots=True)
class Ledger:
    """The counts of one run, and its budget."""

    calls_limit: int
    tokens_limit: int
    calls: int = 0
    cached: int = 0
    tokens: int = 0
    claims: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    """Claims left out, by reason."""
    emptied: Counter[str] = field(default_factory=Counter)
    """Slots left out of claims that are kept, by slot."""

    def open_call(self, tokens: int) -> None:
        """Count a call that sends about so many tokens. Raises ExtractorError where the budget is used up."""
        if self.calls + 1 > self.calls_limit:
            raise ExtractorError(
                f"the budget of {self.calls_limit} calls is used up",
                repair="Run again, or raise LEGATION_MODEL_CALLS; what was answered is kept",
            )
        if self.tokens + tokens > self.tokens_limit:
            raise ExtractorError(
                f"the budget of {self.tokens_limit} tokens is used up",
                repair="Run again, or raise LEGATION_MODEL_TOKENS; what was answered is kept",
            )
        self.calls += 1

    def lines(self) -> list[str]:
        """Return the counts for a person."""
        found = [
            f"{self.calls} calls, {self.cached} answers from the cache, {self.tokens} tokens, "
            f"{self.claims} claims"
        ]
        if self.dropped:
            found.append("left out: " + _counted(self.dropped))
        if self.emptied:
            found.append("slots emptied: " + _counted(self.emptied))
        return found


def _counted(counts: Counter[str]) -> str:
    return "; ".join(f"{number} {what}" for what, number in sorted(counts.items()))
