"""`python -m probata` is `probata`."""

import sys

from probata.cli.main import main

sys.exit(main())
