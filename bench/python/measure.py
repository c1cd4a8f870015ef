"""One figure of the Python client, or of a peer, as JSON on stdout: ``python measure.py recording|import|leaving …``."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, Callable

ROUNDS = 9


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def cost(run: Callable[[], object], calls: int) -> float:
    """Nanoseconds of CPU per call, by one loop for all, without what the loop itself takes."""
    turns = range(calls)
    start = time.process_time_ns()
    for _ in turns:
        run()
    return (time.process_time_ns() - start) / calls


def recording(package: str, endpoint: str) -> dict[str, float]:
    telemetry: Any = __import__(package)
    telemetry.setup(version="1.0.0", node_major=22, build="release")
    bound = telemetry.counter("mcp_tool", "explore")
    slots = [0] * 64

    def slot() -> None:
        slots[7] += 1

    contenders: dict[str, tuple[Callable[[], object], int]] = {
        "a list's slot, in a function": (slot, 400_000),
        "Plainsight, bound counter": (bound.ok, 400_000),
        "Plainsight, by name": (lambda: telemetry.count("mcp_tool", "explore", True), 200_000),
    }
    try:
        from prometheus_client import CollectorRegistry, Counter

        uses = Counter("uses", "Uses.", ["kind", "name"], registry=CollectorRegistry())
        child = uses.labels("mcp_tool", "explore")
        contenders["prometheus_client, bound"] = (child.inc, 200_000)
        contenders["prometheus_client, by labels"] = (lambda: uses.labels("mcp_tool", "explore").inc(), 100_000)
    except ImportError:
        pass
    try:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import InMemoryMetricReader

        counter = MeterProvider([InMemoryMetricReader()]).get_meter("bench").create_counter("uses")
        attributes = {"kind": "mcp_tool", "name": "explore"}
        contenders["OpenTelemetry SDK counter"] = (lambda: counter.add(1, attributes), 20_000)
    except ImportError:
        pass
    try:
        from posthog import Posthog

        posthog = Posthog("key", host=endpoint, max_queue_size=100_000)
        properties = {"kind": "mcp_tool", "name": "explore"}
        contenders["posthog capture"] = (
            lambda: posthog.capture("use", distinct_id="machine", properties=properties),
            400,
        )
    except ImportError:
        pass
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(ROUNDS + 1):
        for name, (run, calls) in contenders.items():
            spent = cost(run, calls if turn else calls // 10)
            if turn:
                found[name].append(spent)
    return {name: median(spent) for name, spent in found.items()}


def importing(modules: list[str]) -> float:
    """Milliseconds of CPU, above an interpreter that is there already."""
    start = time.process_time_ns()
    for module in modules:
        __import__(module)
    return (time.process_time_ns() - start) / 1e6


def leaving(kind: str, package: str, endpoint: str) -> None:
    """Records one event, and ends. How long that takes is seen from outside; from inside, when its end began."""
    if kind == "posthog":
        from posthog import Posthog

        posthog = Posthog("key", host=endpoint)
        posthog.capture("use", distinct_id="machine")
    elif kind != "nothing":
        telemetry: Any = __import__(package)
        if kind == "queued":
            telemetry.setup(version="1.0.0", node_major=22, build="release")
            telemetry.count("mcp_tool", "explore", True)
        else:
            telemetry.setup(version="1.0.0", platform="linux", python_version="3.12.2", config=lambda _: None)
            shape = telemetry.ProjectShape(macros=8, models=142, seeds=4, sources=31, tests=213)
            telemetry.command_run(
                command="generate",
                result="success",
                duration_ms=4218,
                adapter_type="snowflake",
                project_shape=shape,
                features_used=[],
            )
    # The rest of a program: what is under way has had a moment.
    time.sleep(0.05)
    print(time.monotonic_ns(), flush=True)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    sys.path.insert(0, os.environ.get("BENCH_CLIENTS", ""))
    if what == "recording":
        print(json.dumps(recording(*rest)))
        sys.stdout.flush()
        os._exit(0)
    elif what == "import":
        print(importing(rest))
    else:
        leaving(*rest)
