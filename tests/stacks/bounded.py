"""Reads one file of almost 5 MB with every reader of its name, under limits; prints seconds of processor and megabytes.

python -m tests.stacks.bounded NAME < FILE
"""

import re
import resource
import sys
from pathlib import Path

from stacks.scanner.knowledge import known
from stacks.scanner.scanning import scan_manifests

MEGABYTES = 200
SECONDS = 2


def main() -> None:
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory("VmSize") + MEGABYTES * 1_000_000,) * 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    scan = scan_manifests([(sys.argv[1], data)], known())
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    why = "; ".join(row.why for row in scan.skipped)
    sys.stdout.write(f"{seconds:.2f} {memory('VmHWM') // 1_000_000} {why}\n")


def memory(name: str) -> int:
    """Bytes, as the kernel counts them for this process."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) * 1_024


if __name__ == "__main__":
    main()
