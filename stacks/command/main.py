"""The command `whystack`: what it takes, and how it ends."""

import argparse
import os
import sys
from collections.abc import Sequence

from stacks.command.problems import CommandError, Exit

ENDS = """\
It ends with
  0    done, whether or not tools were found
  1    it could not be done: no such folder, no connection, the site found fault
  2    the command was not understood
  3    not logged in, or the site refused
  130  interrupted
  141  whoever read the output went away
"""
SENT = """\
Nothing leaves this machine unless you share: then the slugs of the tools do, are shown first, and nothing else does."""


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    plain = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(
        prog="whystack", description="Finds the tools that a project uses.", epilog=ENDS, formatter_class=plain
    )
    top.add_argument("--version", action="store_true", help="tell the version")
    # Its name is told, or argparse would print a whole usage to find it.
    commands = top.add_subparsers(dest="command", metavar="command", prog="whystack")
    scan = commands.add_parser(
        "scan",
        help="find the tools that a folder's manifests name",
        description=f"Finds the tools that a folder's manifests name. {SENT}",
        epilog=ENDS,
        formatter_class=plain,
    )
    scan.add_argument("folder", nargs="?", default=".", metavar="DIR", help="the folder; this one if left out")
    scan.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    scan.add_argument("--share", metavar="URL", help="send the tools' slugs to this site, or to your stack there")
    scan.add_argument("--yes", action="store_true", help="share without asking; what is sent is shown all the same")
    shares = "let this command share scans for you"
    login = commands.add_parser("login", help=shares, epilog=ENDS, formatter_class=plain)
    login.add_argument("site", metavar="URL", help="the site's address")
    login.add_argument("--name", default="", help="what this machine is called on your account page; else the system")
    logout = commands.add_parser("logout", help="forget and revoke that", epilog=ENDS, formatter_class=plain)
    logout.add_argument("site", nargs="?", metavar="URL", help="the site's address; all of them if left out")
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say; return how it ended."""
    try:
        return int(_run(words))
    except CommandError as error:
        return _fail(f"whystack: {error}", error.exit_code)
    except KeyboardInterrupt:
        return _fail("\nwhystack: interrupted.", Exit.INTERRUPTED)
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain of the same.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.UNHEARD)


def _run(words: Sequence[str] | None) -> Exit:
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold what no encoding can say.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text file, as Python opened it
    top = parser()
    arguments = top.parse_args(words)
    if arguments.version:
        return _version()
    match arguments.command:
        case "scan":
            from stacks.command.scanning import scan

            return scan(arguments)
        case "login":
            from stacks.command.entering import log_in

            return log_in(arguments.site, arguments.name)
        case "logout":
            from stacks.command.entering import log_out

            return log_out(arguments.site)
    top.print_usage(sys.stderr)
    raise CommandError("Say what to do: scan, login or logout.", Exit.MISUSED)


def _version() -> Exit:
    from importlib.metadata import version

    sys.stdout.write(f"whystack {version('whystack')}\n")
    return Exit.DONE


def _fail(sentence: str, exit_code: Exit) -> int:
    sys.stderr.write(f"{sentence}\n")
    return int(exit_code)
