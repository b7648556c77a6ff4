"""Plan files in, plan items and citable passages out; no network, no database."""
