"""The set-up script and the Makefile: what is done once, what is refused, what reaches the demo as it was typed."""

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
AWKWARD = {
    "REPO": "/somewhere/a b;$(shell touch planted)",
    "RUN": 'echo "$HOME" `touch planted` $$; ls | wc',
    "VERIFY": "it's 100% $(touch planted) \\n",
}


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working in a folder of its own, where no command is really run."""
    spec = importlib.util.spec_from_file_location("fractalops_setup", ROOT / "scripts" / "setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "STATE", tmp_path / ".state")
    monkeypatch.setattr(module, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(module, "LOCKS", tmp_path)
    for folder in ("tools", ".state"):
        (tmp_path / folder).mkdir()
    (tmp_path / "sandbox.lock").write_text("ruff==1\n")
    monkeypatch.setattr(module, "_uv", lambda: "uv")
    module.ran = []
    monkeypatch.setattr(module, "_run", lambda what, _command: module.ran.append(what))
    return module


def test_a_step_that_is_done_is_not_done_again_until_its_lock_changes(setup: ModuleType, tmp_path: Path):
    setup.sandbox_tools()
    first = len(setup.ran)
    setup.sandbox_tools()
    assert (first, len(setup.ran)) == (2, 2)

    (tmp_path / "sandbox.lock").write_text("ruff==2\n")
    setup.sandbox_tools()
    assert len(setup.ran) == 4


def test_a_folder_that_was_moved_is_set_up_anew(setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    setup.sandbox_tools()
    monkeypatch.setattr(setup, "ROOT", tmp_path / "elsewhere")
    setup.sandbox_tools()

    assert len(setup.ran) == 4


def test_packages_that_may_not_be_installed_are_named_with_the_command_that_would(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(setup, "_root_prefix", lambda: None)
    monkeypatch.setattr(setup, "PROGRAMS", {"no-such-program": "bubblewrap", "git": "git"})

    with pytest.raises(setup.SetupError, match="`apt-get install bubblewrap`"):
        setup.system_packages(browser=False)
    assert setup.ran == []


def test_packages_are_installed_where_that_is_permitted(setup: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(setup, "_root_prefix", list)
    monkeypatch.setattr(setup, "PROGRAMS", {"no-such-program": "bubblewrap"})

    setup.system_packages(browser=False)

    assert setup.ran == ["refreshing the package lists", "installing bubblewrap"]


def test_make_alone_lists_every_target():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in ("setup", "lock", "demo", "up", "down", "test", "test-e2e", "check", "codegen", "bench-path", "fmt"):
        assert f"\n  {target} " in shown


def test_what_is_typed_for_the_demo_reaches_it_as_it_was_typed(tmp_path: Path):
    folder = tmp_path / "a b"
    for name in ("scripts", "entrypoints", ".venv/bin"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "scripts" / "setup.py").touch()
    (folder / "entrypoints" / "__init__.py").touch()
    (folder / "entrypoints" / "demo.py").write_text(
        "import os\nfor name in ('REPO', 'RUN', 'VERIFY'): print(os.environ['FRACTALOPS_DEMO_' + name])\n"
    )
    python = shutil.which("python3")
    assert python
    (folder / ".venv" / "bin" / "python").symlink_to(python)

    typed = [f"{name}={value}" for name, value in AWKWARD.items()]
    shown = subprocess.run(["make", "demo", *typed], cwd=folder, capture_output=True, text=True, check=True).stdout

    assert shown.splitlines() == list(AWKWARD.values())
    assert not (folder / "planted").exists()
