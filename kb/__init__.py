"""Legation's knowledge base: texts become claims, claims become facts, facts answer questions.

The rooms stand in the order in which data flows through them: articles, reading, claims, entities,
store, facts, queries. A room imports only rooms that stand before it and the small shared modules
(namespaces, errors, settings, records, resources, edtf_bounds).
"""

__version__ = "0.1.0"
