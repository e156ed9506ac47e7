"""The learner's editor, opened at a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.editor import PLACES, editor_command
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Editor = Callable[[str], str]


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any editor."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def installed(tmp_path: Path) -> Editor:
    """Put an editor of this name on the machine, and return its path."""

    def install(name: str) -> str:
        path = tmp_path / "bin" / name
        path.touch(mode=0o755)
        return str(path)

    return install


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim", "vim +41 /x.md"),
        ("nvim -p", "nvim -p +41 /x.md"),
        ("nano", "nano +41 /x.md"),
        ("emacsclient -t", "emacsclient -t +41 /x.md"),
        ("micro", "micro +41:1 /x.md"),
        ("hx", "hx /x.md:41"),
        ("kak", "kak +41 /x.md"),
        ("code", "code --wait --goto /x.md:41"),
        ("code --wait", "code --wait --goto /x.md:41"),
        ("subl -n", "subl -n --wait /x.md:41"),
        ("ed -s", "ed -s /x.md"),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    editor: str, command: str, installed: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(editor.split(maxsplit=1)[0])
    monkeypatch.setenv("EDITOR", editor)
    assert editor_command("/x.md", 41) == command.split()


@pytest.mark.parametrize("editor", PLACES)
def test_every_editor_is_given_the_line_and_one_whole_path(
    editor: str, installed: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(editor)
    monkeypatch.setenv("EDITOR", editor)
    words = editor_command("/a folder/x.md", 41)
    assert words[0] == editor
    assert sum("/a folder/x.md" in word for word in words) == 1
    assert sum("41" in word for word in words) == 1


def test_the_full_screen_editor_goes_first(installed: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    installed("vim")
    installed("ed")
    monkeypatch.setenv("EDITOR", "ed")
    assert editor_command("/x.md")[0] == "ed"
    monkeypatch.setenv("VISUAL", "vim")
    assert editor_command("/x.md")[0] == "vim"
    monkeypatch.setenv("VISUAL", " ")
    assert editor_command("/x.md")[0] == "ed"


def test_paths_with_blanks_and_dashes(
    installed: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = installed("my editor")
    monkeypatch.setenv("EDITOR", path)
    assert editor_command("-r.md") == [path, str(tmp_path / "-r.md")]
    monkeypatch.setenv("EDITOR", f"'{path}' --quick")
    assert editor_command("-r.md") == [path, "--quick", str(tmp_path / "-r.md")]


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("", "no editor is set; name yours in $EDITOR, such as: export EDITOR=nano"),
        ("frob --wait", "the editor 'frob' of $EDITOR is not on this machine; install it, or name another"),
        ("'vim", "$EDITOR is \"'vim\", which can't be read (No closing quotation); mend its quotes"),
    ],
)
def test_what_is_no_editor(editor: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", editor)
    with pytest.raises(UsageError) as raised:
        editor_command("/x.md")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
