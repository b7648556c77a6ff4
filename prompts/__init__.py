"""Prompt texts and fixed replies as files; no code."""
