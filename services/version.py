"""The version of Comptoir, as `/healthz`, the API's description and the changelog say it."""

VERSION = "0.1.0"
