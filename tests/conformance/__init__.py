"""The W3C's tests of SPARQL 1.1, driven over HTTP from their manifests.

``python -m tests.conformance --help`` says how to run them. Every test sends what a client would send, and
judges what comes back; nothing reaches into the service that is tested. Left out: entailment (no regime is
claimed), and ``http-rdf-update``, whose tests are deprecated in favour of ``graph-store-protocol``.
"""
