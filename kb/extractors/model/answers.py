"""The list of claims in what a model wrote, as JSON or not at all."""

from __future__ import annotations

import json
import re
from typing import Final

from kb.errors import ExtractorError

_FENCE: Final = re.compile(r"\A\s*```[a-z]*\s*(.*?)\s*```\s*\Z", re.DOTALL)


def claims_in(text: str) -> list[object]:
    """Return the claims that an answer lists, unexamined.

    Raises ExtractorError where it is no JSON object with a list of claims. Its words are not repeated.
    """
    fenced = _FENCE.match(text)
    try:
        answer = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        raise ExtractorError("the model's answer is no JSON") from None
    claims = answer.get("claims") if isinstance(answer, dict) else None
    if not isinstance(claims, list):
        raise ExtractorError("the model's answer has no list of claims")
    return claims
