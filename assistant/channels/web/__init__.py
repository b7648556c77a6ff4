"""The pages and the widget that people open in a browser: templates, static files, and what protects both."""
