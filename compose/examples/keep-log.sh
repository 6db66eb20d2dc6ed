#!/usr/bin/env bash
# Becomes the command that it is given, and lets its output be read twice: by `docker compose logs`, and by the Collector
# from a file named after the service, begun anew at each start.
set -euo pipefail
exec "$@" > >(exec tee "/var/log/examples/$OTEL_SERVICE_NAME.log") 2>&1
