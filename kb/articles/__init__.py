"""Take in texts: strictly UTF-8, kept to the byte, with outlet and date; copies recognised.

``take_in`` reads one file, ``take_in_all`` files and folders, with or without an index table. What cannot
be taken in is a BadArticle that says where and what to do. ``find_copy`` tells whether a text repeats an
earlier one; ``kb.articles.layout`` tells title, body and boilerplate apart.
"""

from __future__ import annotations

from kb.articles.copies import CopyIndex, find_copy
from kb.articles.dates import published_day
from kb.articles.files import take_in_all, unused_rows
from kb.articles.intake import article_id, take_in
from kb.articles.table import Row, read_table
from kb.records import Article

__all__ = [
    "Article",
    "CopyIndex",
    "Row",
    "article_id",
    "find_copy",
    "published_day",
    "read_table",
    "take_in",
    "take_in_all",
    "unused_rows",
]
