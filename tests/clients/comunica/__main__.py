"""``python -m tests.clients.comunica``: put Comunica into the cache."""

from tests.clients.comunica import install

print(install())
