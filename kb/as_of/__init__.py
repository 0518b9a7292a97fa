"""What a base knew on an earlier day: its facts made anew from what had been published, kept for a while.

It composes the rooms: claims and facts of a base become a store of its own, which answers the questions.
"""

from kb.as_of.keeper import Pasts

__all__ = ["Pasts"]
