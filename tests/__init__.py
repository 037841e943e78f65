"""The suite."""

import os

# Set where the suite runs a second time, on another database: what no database changes (looks, sentences) takes fewer
# widths and examples there than it did the first time.
AGAIN = bool(os.environ.get("AGAIN"))
