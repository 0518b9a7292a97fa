"""The questions: a list, a form for each, what a request asks of one, its answer, kept for further pages."""
