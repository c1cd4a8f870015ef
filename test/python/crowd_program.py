"""One of many, as ``test/client/proof/crowd-program.ts``: a recorder that writes down what it keeps, or a sender that flushes."""

from __future__ import annotations

import os
import random
import sys
import time

FOLDER, ROLE, NAME, LOG, ROUNDS = sys.argv[1:]
sys.dont_write_bytecode = True
sys.path.insert(0, FOLDER)

import codegraph_telemetry as telemetry  # noqa: E402
from codegraph_telemetry._contract import client  # noqa: E402
from codegraph_telemetry._runtime.client import setup  # noqa: E402
from codegraph_telemetry._runtime.record import persist  # noqa: E402
from codegraph_telemetry._runtime.wire import send_over_network  # noqa: E402

# What a full queue drops is another test's: here everything fits.
client.contract.queue.max_size = max(client.contract.queue.max_size, int(os.environ.get("CAP", "0")))
shift = int(os.environ.get("DAYS", "0")) * 86_400_000


def send(url, headers, data, within, handed_over):
    """Whose request it is, for the test; no client sends such a header."""
    return send_over_network("POST", os.environ["ENDPOINT"], {**headers, "x-sender": NAME}, data, within, handed_over)


telemetry.setup(node_major=22, version="0.9.12", build="codegraph")
host = {
    "send": send,
    "now": lambda: time.time_ns() // 1_000_000 + shift,
    "env": {**os.environ, "CODEGRAPH_TELEMETRY": "1"},
    "write": lambda _stream, _line: None,
}
setup(client, {}, host)


def note(line):
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


if ROLE == "record":
    counter = telemetry.counter("cli_command", NAME)
    for at in range(int(ROUNDS)):
        # Written down before and after: between the two nobody can say what a kill left.
        note(f"means {NAME}-{at}")
        telemetry.uninstall(targets=[f"{NAME}-{at}"])
        counter.ok()
        persist(client)
        note(f"kept {NAME}-{at}")
        time.sleep(random.random() * 0.004)
elif ROLE == "send":
    while True:
        telemetry.flush()
        time.sleep(random.random() * 0.03)
else:
    for _ in range(int(ROUNDS)):
        telemetry.flush(20)
