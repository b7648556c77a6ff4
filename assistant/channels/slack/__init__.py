"""The assistant in Slack: what Slack delivers in, answers in threads, lists, digests and a home tab out."""
