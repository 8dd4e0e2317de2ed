"""What sends requests: wrk where requests are many and small, threads where each holds many lines."""
import http.client
import json
import queue
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Load:
    per_second: float
    p50_ms: float
    p99_ms: float
    count: int


def many_small(port, file, connections, seconds, first=0, path="/api/predict"):
    """Requests a second and their latencies, by wrk on one thread."""
    output = subprocess.run(
        [
            "wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", "--timeout", "60s",
            "--script", HERE / "load.lua", f"http://127.0.0.1:{port}{path}", "--", file, str(first),
        ],
        check=True, capture_output=True, text=True,
    ).stdout
    answer = json.loads(output.strip().splitlines()[-1])
    if answer["errors"] or not answer["requests"]:
        raise SystemExit(f"wrk saw errors: {answer}")
    return Load(answer["requests"] / answer["seconds"], answer["p50_ms"], answer["p99_ms"], answer["requests"])


def few_large(port, bodies, connections, path="/api/predict"):
    """Sends each body once, `connections` at a time; requests a second, from the first of them to the last answer."""
    waiting = queue.SimpleQueue()
    for body in bodies:
        waiting.put(body.encode())
    latencies, failures = [], []

    def send():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        while True:
            try:
                body = waiting.get_nowait()
            except queue.Empty:
                return connection.close()
            start = time.monotonic()
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            latencies.append(time.monotonic() - start)
            if answer.status != 200:
                failures.append(f"{answer.status}: {text[:300]}")

    start = time.monotonic()
    threads = [threading.Thread(target=send) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - start
    if failures or len(latencies) != len(bodies):
        raise SystemExit(f"{len(failures)} of {len(bodies)} requests failed: {failures[:1]}")
    ordered = sorted(latencies)
    return Load(
        len(bodies) / seconds, ordered[len(ordered) // 2] * 1e3, ordered[len(ordered) * 99 // 100] * 1e3, len(bodies))
