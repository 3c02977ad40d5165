#!/bin/sh
# Start the app on PORT; a store that does not exist yet is made as the demo shop first.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m services demo --when-new
echo "Comptoir: http://localhost:$PORT"
exec .venv/bin/streamlit run app.py --server.port "$PORT" --server.address 127.0.0.1 --server.headless true
