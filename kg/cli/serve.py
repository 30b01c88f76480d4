"""``kg serve``: the graph in a browser, and as a SPARQL endpoint."""

from __future__ import annotations

import signal
from pathlib import Path

import click


@click.command()
@click.argument("graph", metavar="GRAPH_OR_DIR", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=7878, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option("--cors", is_flag=True, help="Let pages of other sites ask.")
def command(graph: Path, host: str, port: int, cors: bool) -> None:
    """Serve the graph: its page at /, a query page at /query, a SPARQL 1.1 endpoint at /sparql.

    For reading alone; Ctrl-C stops it.
    """
    from kg.query import open_graph
    from kg.serving import serving

    with serving(open_graph(graph), host, port, cors=cors) as server:
        signal.signal(signal.SIGTERM, _stop)
        click.echo(f"{server.url}        the graph\n{server.url}query   queries\n{server.url}sparql  endpoint")
        click.echo("Ctrl-C stops it.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _stop(signum: int, frame: object) -> None:
    raise KeyboardInterrupt
