"""`python -m stacks.command`."""

import sys

from stacks.command.main import main

sys.exit(main())
