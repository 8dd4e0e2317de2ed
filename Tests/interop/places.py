"""Where things are: the project, its programs, and what Tests/interop/run made."""
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".build" / "interop"
PROGRAMS = Path(os.environ.get("TOCSIN_BIN_DIR", ROOT / ".build" / "release"))
MODELS = Path(os.environ.get("TOCSIN_MODELS", ROOT / "models"))
ENCODER = Path(os.environ.get("TOCSIN_ENCODER", ROOT / "models" / "encoder"))
CERTIFICATES = WORK / "certificates"
ROGUE = WORK / "rogue"

sys.path.insert(0, str(WORK / "stubs"))
