"""Logs that the tests send: lines of our own making, in formats that the parser knows."""
from places import ROOT

SAMPLE = (ROOT / "deploy" / "sample.log").read_text().splitlines()

HOSTILE = [
    "Apr 15 12:00:01 gate sshd[1]: Failed password for <script>window.broken=1</script> from 192.0.2.7 port 1 ssh2",
    "Apr 15 12:00:02 gate sshd[2]: Invalid user <img src=x onerror=window.broken=2> from 192.0.2.7",
    "Apr 15 12:00:03 gate sshd[3]: Invalid user \u202etxt.exe\u202c from 192.0.2.8",
    '=HYPERLINK("http://192.0.2.1","x")',
    "Apr 15 12:00:05 gate app[5]: \u0000\u0007\u001b[31mred | `code` | **bold** \u200b",
    "Apr 15 12:00:06 gate app[6]: " + "long " * 200_000,  # 1 MB
    "</textarea></script><svg onload=window.broken=3>",
]


def ssh_log(lines, failures_after=0.5):
    """A day of sessions at a gate; from some share of the lines on, all logins fail."""
    made = []
    for i in range(lines):
        at = f"Apr 15 {8 + i * 10 // lines:02d}:{i * 7 % 60:02d}:{i % 60:02d} gate sshd[{1000 + i}]:"
        if i < lines * failures_after:
            made.append(f"{at} Starting session: shell on pts/1 for alice from 192.0.2.{i % 200} port {40000 + i}")
        else:
            made.append(f"{at} Failed password for root from 198.51.100.{i % 200} port {40000 + i} ssh2")
    return made
