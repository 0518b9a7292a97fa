"""The questions: a list, a form for each, what a request asks of one, and its answer."""
