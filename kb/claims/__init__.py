"""Claims: the record, as JSON Lines and as RDF. The only writer of claims."""

from kb.claim_id import claim_id, identified
from kb.claims.article import ArticleHead, head_of, head_triples, heads_from, run_triples, text_triple
from kb.claims.jsonl import from_json, read_jsonl, to_json, to_json_line, write_jsonl
from kb.claims.loading import Selects, from_triples, load_claims
from kb.claims.stored import Review, StoredClaim
from kb.claims.triples import article_node, claim_node, to_triples
from kb.claims.turtle import to_turtle

__all__ = [
    "ArticleHead",
    "Review",
    "Selects",
    "StoredClaim",
    "article_node",
    "claim_id",
    "claim_node",
    "from_json",
    "from_triples",
    "head_of",
    "head_triples",
    "heads_from",
    "identified",
    "load_claims",
    "read_jsonl",
    "run_triples",
    "text_triple",
    "to_json",
    "to_json_line",
    "to_triples",
    "to_turtle",
    "write_jsonl",
]
