"""What a child of the supervisor runs: ``python -m overread.config.child web 5`` or ``... worker``.

The supervisor holds the other end of a child's standard input. When it ends, however it ended, the child ends too.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading

GRACE_SECONDS = 10


def main(role: str, *words: str) -> None:
    """Run one role until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overread.config.settings")
    threading.Thread(target=end_with_supervisor, daemon=True).start()
    if role == "web":
        serve_web(socket.socket(fileno=int(words[0])))
    elif role == "worker":
        run_worker()
    else:
        raise SystemExit(f"No such child: {role}")


def serve_web(listening: socket.socket) -> None:
    """The web application on a socket that the supervisor has bound."""
    import uvicorn

    config = uvicorn.Config(
        "overread.config.asgi:application",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])


def run_worker() -> None:
    """Background jobs, one at a time; a job under way is finished before the worker ends."""
    import django
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    django.setup()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("The jobs are not kept in Django's database.")
    with app.replace_connector(connector.get_worker_connector()) as jobs:
        jobs.run_worker(shutdown_graceful_timeout=GRACE_SECONDS)


def end_with_supervisor() -> None:
    """Wait for the end of standard input, then ask this process to stop."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(*sys.argv[1:])
