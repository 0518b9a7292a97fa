"""Competency questions: a ``.rq`` file with its header, its parameters bound as terms, its answer."""

from kb.queries.answers import Answer, answer
from kb.queries.library import question, questions
from kb.queries.question import Column, Question

__all__ = ["Answer", "Column", "Question", "answer", "question", "questions"]
