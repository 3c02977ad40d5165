"""`python -m services …`: the command line."""

import sys

from services.commands.line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
