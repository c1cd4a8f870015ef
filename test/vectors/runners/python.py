"""Answers vectors with a generated Python client: see ../README.md. ``python runners/python.py FOLDER PLAN``."""

from __future__ import annotations

import importlib
import json
import keyword
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

FOLDER, PLAN = sys.argv[1], sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(FOLDER)))
PACKAGE = os.path.basename(os.path.abspath(FOLDER))
plan = json.load(open(PLAN, encoding="utf-8"))
telemetry = importlib.import_module(PACKAGE)
client = importlib.import_module(f"{PACKAGE}._contract").client
DAY = 86_400_000


def runtime(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}._runtime.{name}")


def snake(words: list[str]) -> str:
    name = "_".join(words)
    name = f"_{name}" if name[:1].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in ("match", "case", "type", "self") else name


def unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        if "$number" in value:
            return -0.0 if value["$number"] == "-0" else float(value["$number"])
        if "$absent" in value:
            return runtime("values").UNSET
        return {key: unpacked(item) for key, item in value.items()}
    return [unpacked(item) for item in value] if isinstance(value, list) else value


def called(value: dict[str, Any], given: Any) -> Any:
    if value["is"] == "or-null":
        return called(value["of"], given)
    if value["is"] in ("list", "items") and isinstance(given, list):
        return [called(value["of"], one) for one in given]
    if value["is"] == "cases":
        # Which case it is depends on what stands beside it; a caller's names are the same in all of them here.
        return next((one for one in (called(case["of"], given) for case in value["cases"]) if one != given), unpacked(given))
    if value["is"] == "object" and isinstance(given, dict) and "$absent" not in given:
        return arguments(value["fields"], given)
    return unpacked(given)


def arguments(fields: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    known = {field["name"]: field for field in fields}
    return {
        snake(known[name]["words"]) if name in known else name: called(known[name]["value"], one) if name in known else one
        for name, one in given.items()
    }


class Around:
    def __init__(self, given: dict[str, Any], home: str) -> None:
        self.now = given.get("now", 0)
        self.requests: list[dict[str, Any]] = []
        self.stderr: list[str] = []
        self.stdout: list[str] = []
        self.log: list[list[str]] = []
        self.answer = given.get("answer", 204)
        self.says = given.get("says")
        self.returned: list[Any] = []

    def send(self, url: str, headers: dict[str, str], data: bytes, within: float, handed_over: Any) -> int:
        self.requests.append({"url": url, "headers": headers, "body": data.decode()})
        if self.answer == "refused":
            raise ConnectionRefusedError(111, "refused")
        handed_over()
        if self.answer == "gone":
            raise TimeoutError
        handed_over.answer = self.says
        return int(self.answer)

    def told(self) -> dict[str, Any]:
        told = {"requests": self.requests, "stderr": self.stderr, "stdout": self.stdout, "log": self.log}
        return {**told, "returned": self.returned}

    def take(self, returned: Any) -> None:
        if plan["delivery"]["mode"] != "carried":
            self.returned.append(returned if isinstance(returned, (str, int)) else None)
        elif returned.headers or returned.query or returned.body:
            # What a request of the program's own is to carry counts as one of ours.
            url = f"?{returned.query}" if returned.query else ""
            self.requests.append({"url": url, "headers": returned.headers, "body": returned.body})


def fresh(given: dict[str, Any], home: str) -> Around:
    around = Around(given, home)
    client.reset()
    client.setup.clear()
    host = client.host
    host.__init__()
    host.env = {**given.get("env", {}), "HOME": home}
    host.now = lambda: around.now
    host.build = given.get("build")
    host.address = given.get("address")
    host.drawn = given.get("drawn")
    host.config = lambda name: given.get("config", {}).get(name)
    host.send = around.send
    host.write = lambda stream, line: getattr(around, stream).append(line)
    host.log = lambda level, line: around.log.append([level, line])
    host.terminal = host.stdin_is_terminal = False
    host.args = given.get("args") or []
    host.facts = given.get("facts") or {}
    setup = {field["name"]: unpacked(given.get("setup", {}).get(field["name"])) for field in plan["setup"]["fields"]}
    put(os.path.join(home, "file"), given.get("at_home") or {})
    place = client.state_place()
    stored = given.get("stored")
    if place is not None and stored is not None:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write(stored if isinstance(stored, str) else json.dumps(stored))
    if place is not None and "beside" in given:
        put(place, given["beside"])
    if place is not None and given.get("circles"):
        folder = os.path.dirname(place)
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        os.symlink(os.path.basename(folder), folder)
    # What is decided at the start finds its files there.
    version = {"version": given["version"]} if "version" in given else {}
    runtime("client").setup(client, {**setup, **version}, {})
    return around


def emitter(words: list[str]) -> Any:
    name = snake(words)
    return getattr(telemetry, f"{name}_event", None) or getattr(telemetry, name)


def record(call: dict[str, Any]) -> Any:
    one = next(each for each in plan["emitters"] if each["name"] == call["event"])
    if one["kind"] == "event":
        given = arguments(one["fields"], call["fields"])
        if "schedule" in one:
            # Right away, and not in a thread of its own; what makes its fields is asked for where there are any.
            runtime("schedule").start_thread = lambda run, *args, **_: run.__self__.look(*args)
            emitter(one["words"])(*([lambda: given] if one["given"] else []))
            return None
        return emitter(one["words"])(**{**{snake(f["words"]): None for f in one["fields"] if f["name"] in one["given"] and not f["optional"]}, **given})
    positional = [unpacked(call["fields"].get(name)) for name in one["required"]]
    flags = [call.get("ok", True)] if any(each["counts"] == "failed-calls" for each in one["counters"]) else []
    names = [name for each in one["optional"] for name in ([each] if isinstance(each, str) else [m["name"] for m in each["members"]])]
    called = {each["name"]: snake(each["words"]) for each in one["by"]}
    optional = {called[name]: unpacked(call["fields"][name]) for name in names if name in call["fields"]}
    words = {each["name"]: snake(each["words"]) for each in one["counters"]}
    values = {words[name]: value for name, value in call.get("values", {}).items()}
    return emitter(one["words"])(*positional, *flags, **optional, **values)


def add(sample: dict[str, Any]) -> None:
    one = next(each for each in plan["emitters"] if each["name"] == sample["metric"])
    given = arguments(one["labels"], sample["labels"])
    if one["value"]["value"]["is"] != "always":
        given["value"] = unpacked(sample["value"])
    required = {snake(f["words"]): None for f in one["labels"] if f["name"] in one["given"] and not f["optional"]}
    emitter(one["words"])(**{**required, **given})


def take_of(value: dict[str, Any]) -> Any:
    values = runtime("values")
    kind = value["is"]
    if kind == "always":
        return values.always(value["value"])
    if kind == "or-null":
        return values.or_null(take_of(value["of"]))
    if kind == "flag":
        return values.flag
    if kind in ("integer", "number"):
        return getattr(values, kind)(value.get("least"), value.get("most"))
    if kind == "text":
        # Translated as the generator does it.
        return values.text(value.get("most"), value.get("python"))
    if kind == "line":
        return runtime("further").line(value.get("most"))
    if kind == "or-else":
        return runtime("further").or_else(take_of(value["of"]), value["otherwise"])
    if kind == "cut":
        return runtime("further").cut(take_of(value["of"]), value["most"])
    if kind == "one-of":
        return values.one_of(value["values"], value.get("otherwise"))
    if kind in ("below", "up-to"):
        return getattr(values, kind.replace("-", "_"))(value["edges"], value["labels"])
    if kind == "list":
        return values.list_of(take_of(value["of"]), value.get("most"))
    return values.obj([values.Field(f["name"], take_of(f["value"]), optional=f["optional"]) for f in value["fields"]])


def files_in(place: str) -> dict[str, str]:
    folder, own = os.path.split(place)
    found = {}
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if name.startswith(own):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found[name] = file.read()
    return found


def put(place: str, files: dict[str, str]) -> None:
    os.makedirs(os.path.dirname(place), exist_ok=True)
    for name, content in files.items():
        path = os.path.join(os.path.dirname(place), marked(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)


def marked(name: str) -> str:
    if "{" not in name:
        return name
    pid, seconds, where = runtime("owner").own_mark().split(".")
    ended = subprocess.Popen([sys.executable, "--version"], stdout=subprocess.DEVNULL)
    ended.wait()
    marks = {
        "{living}": f"{pid}.{seconds}.{where}",
        "{ended}": f"{ended.pid}.{seconds}.{where}",
        "{elsewhere}": f"{pid}.{seconds}.elsewhere",
        "{restarted}": f"{pid}.{int(seconds) + 1000}.{where}",
    }
    for word, mark in marks.items():
        name = name.replace(word, mark)
    return name


def stored() -> Any:
    try:
        with open(client.state_place() or "", encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def beside() -> list[str]:
    """The names of what lies beside the state file."""
    folder, own = os.path.split(client.state_place() or "")
    return sorted(name for name in os.listdir(folder) if name != own) if os.path.isdir(folder) else []


def decide(given: dict[str, Any], home: str) -> Any:
    fresh(given, home)
    decision = telemetry.decision(given["part"]) if given.get("part") else telemetry.decision()
    return {"enabled": decision.enabled, "decidedBy": decision.decided_by}


def sent(given: dict[str, Any], home: str) -> Any:
    around = fresh(given, home)
    queued = plan["delivery"]["mode"] == "queued"
    for call in given.get("record", []):
        if "at" in call:
            runtime("record").persist(client)
            around.now = call["at"]
        around.take(record(call))
    if queued:
        runtime("record").persist(client)
        around.now += 2 * DAY
    if hasattr(telemetry, "flush"):
        telemetry.flush(10)
    return around.told()


def report(given: dict[str, Any], home: str) -> Any:
    around = fresh(given, home)
    telemetry.report_once(lambda: [add(one) for one in given["samples"]])
    return around.told()


def starts(given: dict[str, Any], home: str) -> Any:
    reports = []
    # Right away, and not in a thread of its own.
    runtime("in_turn").start_thread = lambda run, *args, **_: run.__self__.look(*args)
    for now in given["starts"]:
        around = fresh({**given, "now": now}, home)
        telemetry.start_reports(lambda: [add(one) for one in given["samples"]]).stop()
        reports.append(len(around.requests))
    return {"reports": reports}


def identify(given: dict[str, Any], home: str) -> Any:
    fresh(given, home)
    identifier = runtime("identity").identifier
    values = [identifier(client, given["name"]), identifier(client, given["name"])]
    return {"values": values, "stored": list(stored() or {})}


def flush(given: dict[str, Any], home: str) -> Any:
    around = fresh(given, home)
    place = client.contract.queue.file(client.host)
    put(place, given["files"])
    telemetry.flush(10)
    return {"requests": around.requests, "files": files_in(place), "stored": stored()}


def append(given: dict[str, Any], home: str) -> Any:
    place = os.path.join(home, "queue")
    put(place, given["files"])
    kept: list[int] = []
    waiting = [(line, lambda: kept.append(1)) for line in given["lines"]]
    limits = runtime("client").Queue(lambda _: place, given["max_size"], drop_newest=given.get("when_full") == "drop-newest")
    runtime("queue").append(place, place, waiting, limits, given["now"])
    return {"files": files_in(place), "kept": len(kept)}


def take(given: dict[str, Any], home: str) -> Any:
    try:
        taken = take_of(given["value"])(unpacked(given["given"]))
    except Exception:
        return {}
    if taken is None:
        return {}
    return {"travels": runtime("js").dumps(None if taken is runtime("values").NULL else taken)}


def command(given: dict[str, Any], home: str) -> Any:
    around = fresh(given, home)
    code = telemetry.telemetry_command(given["args"])
    return {"code": code, "stdout": around.stdout, "stderr": around.stderr, "stored": stored(), "beside": beside()}


def leave(given: dict[str, Any], home: str) -> Any:
    work = json.dumps({**given, "home": home})
    ended = subprocess.run([sys.executable, __file__, FOLDER, PLAN, work], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    fresh({**given, "stored": None}, home)
    queue = client.contract.queue
    files = files_in(queue.file(client.host)) if queue else {}
    lines = [line for text in files.values() for line in text.split("\n") if line]
    name = signal.Signals(-ended.returncode).name if ended.returncode < 0 else None
    return {"code": None if name else ended.returncode, "signal": name, "stdout": ended.stdout.decode(), "kept": len(lines)}


def end(work: dict[str, Any]) -> None:
    fresh(work, work["home"])

    def never(*_: Any) -> int:
        time.sleep(60)
        return 204

    client.host.send = never
    for call in work["record"]:
        record(call)
    if work["way"] == "exit":
        sys.exit(work["code"])
    if work["way"] == "throw":
        raise ValueError("the program's own")
    if work["way"] == "signal":
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)


ANSWERS = {
    "decide": decide,
    "sent": sent,
    "report": report,
    "starts": starts,
    "identify": identify,
    "flush": flush,
    "append": append,
    "take": take,
    "command": command,
    "exit": leave,
}


def main() -> None:
    if len(sys.argv) > 3:
        end(json.loads(sys.argv[3]))
        return
    for line in sys.stdin:
        case = json.loads(line)
        home = tempfile.mkdtemp(prefix="vector-")
        told: dict[str, Any]
        try:
            answer = ANSWERS.get(case["ask"])
            told = {"unknown": True} if answer is None else {"answer": answer(case["given"], home)}
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}"}
        shutil.rmtree(home, ignore_errors=True)
        print(json.dumps({"id": case["id"], **told}), flush=True)


main()
