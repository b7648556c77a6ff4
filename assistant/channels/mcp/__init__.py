"""The assistant as a tool of other assistants: the Model Context Protocol, over the same service."""
