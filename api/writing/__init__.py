"""Changing a workbench over HTTP: who may, tokens, SPARQL Update, the Graph Store Protocol."""
