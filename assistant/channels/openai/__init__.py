"""The assistant as chat front ends know it: the chat completions of the OpenAI API, over the same service."""
