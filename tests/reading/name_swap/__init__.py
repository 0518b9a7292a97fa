"""Texts whose states and persons are replaced by invented ones: does a reader read, or only know names?"""
