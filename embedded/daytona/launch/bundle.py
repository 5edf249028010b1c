"""The agent as a folder that sandboxes see: copied and compiled once per server."""

import shutil
import subprocess
from pathlib import Path

import embedded.daytona.agent as agent_package

# Inside a sandbox only /usr is sure to exist, so the agent runs on the system's Python.
PYTHON = "/usr/bin/python3"
INSIDE = "/opt/daytona-agent"


def make(folder: Path) -> Path:
    """The folder to bind at `INSIDE`, readable for every user.

    The agent's modules import each other by their names in this tree, so the copy has the same folders, with empty
    packages above the agent.
    """
    source = Path(str(agent_package.__file__)).parent
    bundle = folder / "agent"
    target = bundle / "embedded" / "daytona" / "agent"
    target.mkdir(parents=True)
    for module in source.glob("*.py"):
        shutil.copyfile(module, target / module.name)
    shutil.copyfile(source / "__main__.py", bundle / "__main__.py")
    (bundle / "embedded" / "__init__.py").touch()
    (bundle / "embedded" / "daytona" / "__init__.py").touch()
    subprocess.run([PYTHON, "-I", "-S", "-m", "compileall", "-q", str(bundle)], check=True, env={})
    for path in (bundle, *bundle.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return bundle


def command() -> list[str]:
    """What bubblewrap starts."""
    return [PYTHON, "-I", "-S", "-B", INSIDE]
