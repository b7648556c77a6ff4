"""A question in, a Request out: what is asked, of which records, in which language."""
