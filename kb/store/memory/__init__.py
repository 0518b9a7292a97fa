"""A copy in memory of what a query sees of a snapshot, and readers that share it.

The engine answers from memory two to four times as fast as from its files. One process, the keeper, reads
the asked graphs of a snapshot once; readers are forked from it, so that all share the copy's memory, start in
some milliseconds, and may be killed like any other. The files stay the truth: a reader looks at each query
whether its copy is that of the present snapshot, and opens the files where it is not.
"""
