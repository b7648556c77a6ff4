"""`python -m assistant`: the same as `kaikaku`."""

import sys

from assistant.cli import main

sys.exit(main())
