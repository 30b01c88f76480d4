"""The command line: one module a command, imported when the command is called.

Exit codes: 0 done; 1 a KgError, in one line on stderr; 2 usage.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from kg.errors import KgError

#: Command -> (module under kg.cli, what it does in a line).
COMMANDS = {
    "build": "Build a graph from texts: Turtle, page, report.",
    "query": "Ask the graph in SPARQL.",
    "explain": "Show the facts of a thing, each with its sentence.",
    "serve": "Serve the graph as a SPARQL endpoint, and its page.",
    "evaluate": "Score a graph against annotated texts.",
    "validate": "Check a graph against the ontology's shapes.",
    "export": "Write the graph in another format.",
    "diff": "Compare two graphs.",
    "train": "Learn the models from annotated texts.",
}


class LazyGroup(click.Group):
    """Loads a command's module only when that command runs: ``kg --help`` imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of :data:`COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in ``kg --help``, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wuzhen-kg", prog_name="kg")
def cli() -> None:
    """Builds knowledge graphs from Chinese news, and asks them."""


def main() -> None:
    """The entry point ``kg``."""
    # numpy is not loaded yet. The products are many and small: threads would wait for one another, on a
    # busy machine ten times as long as one thread takes; whole documents go to --workers instead.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except KgError as error:
        # one line, and no control character of a hostile name may reach the terminal
        line = "".join(c if c.isprintable() or c == " " else "\ufffd" for c in str(error).replace("\n", " "))
        print(f"kg: {line}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
