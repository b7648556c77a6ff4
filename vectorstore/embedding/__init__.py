"""Texts in, vectors out: multilingual-e5-small run here, or any langchain Embeddings named by settings."""
