"""A process that behaves as it is told, and notes what happens to it: `tiny_part.py NAME NOTES [behaviour …]`.

Behaviours: `answers` (prints JSON and ends), `dies` (ends at once), `stubborn` (ignores SIGTERM), `slow` (serves
after a while), `child` (starts a process that ignores SIGTERM and notes its id).
"""
# ruff: noqa: T201  - what it prints is what its supervisor waits for

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

name, notes, *behaviours = sys.argv[1:]


def note(event: str) -> None:
    with Path(notes).open("a") as file:
        file.write(f"{name} {event} {os.getpid()}\n")


def stop(*_: object) -> None:
    note("stop")
    sys.exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in behaviours else stop)
note("start")
if "dies" in behaviours:
    sys.exit(f"{name} cannot go on")
if "child" in behaviours:
    child = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"],
        stdout=subprocess.DEVNULL,
    )
    with Path(notes).open("a") as file:
        file.write(f"{name} child {child.pid}\n")
if "slow" in behaviours:
    time.sleep(0.3)
if "answers" in behaviours:
    print(json.dumps({"users": {"owner": {"email": "owner@example.test", "password": "open"}}}))
    note("ready")
    sys.exit(0)
note("ready")
print(f"ready {name}", flush=True)
while True:
    signal.pause()
