"""The questions: a list, a form for each, what a request asks of one, its answer, and answers kept for pages."""
