from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys, pkgutil, importlib, tutor.optim
for module in pkgutil.iter_modules(tutor.optim.__path__):
    importlib.import_module(f"tutor.optim.{module.name}")
tops = {name.partition(".")[0] for name in sys.modules}
print(*sorted(tops - set(sys.stdlib_module_names) - set(sys.argv[1:])))
print(*sorted(name for name in sys.modules if name.startswith("tutor.") and not name.startswith("tutor.optim")))
"""


def test_the_core_imports_numpy_and_nothing_else() -> None:
    before = {name.partition(".")[0] for name in subprocess_modules("")}
    made = subprocess.run([sys.executable, "-c", PROBE, *before], capture_output=True, text=True, check=True)
    assert made.stdout.splitlines() == ["numpy tutor", "tutor.errors"]


def subprocess_modules(code: str) -> list[str]:
    """What a bare interpreter has loaded, such as the hooks of an editable installation."""
    made = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.split()
