"""What is sent to the model: our guidelines, the schema, and one stretch of the article as data."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from kb import plain_yaml
from kb.errors import BadReference
from kb.extractors.model.schema import answer_schema, shapes
from kb.records import Article

Json = dict[str, object]

GUIDE: Final = Path(__file__).with_name("guide.yaml")


@cache
def guide() -> Json:
    """Return the guidelines. Raises BadReference where a type has none, or one has no frames."""
    found: Json = plain_yaml.load(GUIDE.read_text("utf-8"))
    types = found["types"]
    wanted = {kind.value for kind in shapes()}
    if not isinstance(types, dict) or set(types) != wanted:
        odd = sorted(set(types if isinstance(types, dict) else ()) ^ wanted)
        repair = "Give each type that has frames a line under types:"
        raise BadReference(f"guidelines and frames differ in {odd}", place=str(GUIDE), repair=repair)
    return found


@cache
def instructions() -> str:
    """Return the part of a prompt that is the same for every article."""
    said = guide()
    rules, types, example = said["rules"], said["types"], said["example"]
    assert isinstance(rules, list) and isinstance(types, dict) and isinstance(example, dict)
    lines = [str(said["task"]).strip(), "", "Rules"]
    lines += [f"- {' '.join(str(rule).split())}" for rule in rules]
    lines += ["", "Types, and what fills their roles"]
    for kind, shape in shapes().items():
        roles = "; ".join(_role(role, admitted) for role, admitted in shape.roles.items())
        lines.append(f"- {kind.value}: {types[kind.value]} [{roles}]")
    answer = json.dumps({"claims": example["claims"]}, ensure_ascii=False)
    lines += ["", "Example (invented)", str(example["text"]).strip(), answer]
    lines += ["", "Schema", json.dumps(answer_schema(), separators=(",", ":"))]
    return "\n".join(lines)


def _role(role: str, admitted: frozenset[str]) -> str:
    if role == "spot":
        return "place, facility, country"
    return f"{role}: {', '.join(sorted(admitted))}" if admitted and role != "companions" else role


def prompt_version() -> str:
    """Return a hash of all that is sent beside the article."""
    return hashlib.sha256(instructions().encode()).hexdigest()[:12]


def messages(article: Article, start: int, end: int) -> list[Json]:
    """Return the messages for a stretch of an article.

    The marks around it bear a hash of what stands between them, so no text can hold its own closing mark.
    """
    text = article.text[start:end]
    code = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    published = article.published.strftime("%Y-%m-%d, a %A") if article.published else "unknown"
    told = [f"Published: {published}", f"<article {code}>", text, f"</article {code}>", "List its claims."]
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": "\n".join(told)},
    ]
