"""A service in; a server of the Model Context Protocol with its tools out, served on stdio or by HTTP."""

from importlib.metadata import version

from mcp.server.mcpserver import MCPServer
from starlette.applications import Starlette

from assistant.channels.mcp.tools import Tools
from assistant.channels.web.origins import ForeignPages, Origins
from assistant.service import Service

_INSTRUCTIONS = (
    "Answers about municipal administrative-reform plans of Japan (行政改革の計画), each with the place that says so."
    " `ask` answers one question; `search_items` selects plan items by exact conditions, completely; what the plans do"
    " not say is said not to be there: repeat that, and the citations, as they are."
)


def build_mcp(service: Service, public_url: str | None = None) -> MCPServer:
    """Return the server; citations link below `public_url`, where one is given."""
    server = MCPServer(
        "kaikaku", title="Kaikaku 改革", version=version("kaikaku"), instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    tools = Tools(service, (public_url or "").rstrip("/"))
    for tool in (tools.ask, tools.search_items, tools.get_item, tools.list_documents):
        server.add_tool(tool)
    return server


def build_mcp_app(service: Service, public_url: str | None, host: str, most_bytes: int) -> Starlette:
    """Return the server as an application at /mcp, for clients that reach it as `host`; it keeps no sessions."""
    server = build_mcp(service, public_url)
    app = server.streamable_http_app(stateless_http=True, max_request_body_size=most_bytes, host=host)
    # The library checks who asks only where it listens on this machine alone.
    app.add_middleware(ForeignPages, origins=Origins(public_url))
    return app


def serve_stdio(service: Service, public_url: str | None) -> None:
    """Serve the process that started this one, until it closes our standard input."""
    build_mcp(service, public_url).run("stdio")
