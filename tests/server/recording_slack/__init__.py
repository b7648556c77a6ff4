"""A Slack for tests: its Web API and Socket Mode over real sockets, refusing what Slack refuses."""
