"""What words mean where they stand: a small trained network reads the whole text, and tells of each word how
likely it tells an event of a type, and of each word beside it whether that one takes part.

The network is no judge: what it says is one more sign for ``kb.reading.chances``, beside tree and frames.
"""
