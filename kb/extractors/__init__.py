"""What reads articles into claims: the rules, a language model, whatever a package registers."""

from kb.extractors.protocol import GROUP, RULES, Extractor, Reports, Trouble
from kb.extractors.registry import installed
from kb.extractors.together import Together, together

__all__ = ["GROUP", "RULES", "Extractor", "Reports", "Together", "Trouble", "installed", "together"]
