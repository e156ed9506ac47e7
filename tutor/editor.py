"""The learner's own editor, opened at a line."""

from __future__ import annotations

import os
import shlex
import shutil

from tutor.errors import UsageError

VARIABLES = ("VISUAL", "EDITOR")
"""The environment variables that name an editor, by the custom of Unix: the first that is set holds."""

PLUS = "+{line} {path}"
COLON = "{path}:{line}"
CODE = "--wait --goto {path}:{line}"

PLACES = {
    **dict.fromkeys(["vi", "vim", "nvim", "view", "ex", "nvi", "elvis"], PLUS),
    **dict.fromkeys(["nano", "pico", "emacs", "emacsclient", "mg", "jed", "joe", "jmacs", "ne", "kak"], PLUS),
    **dict.fromkeys(["hx", "helix"], COLON),
    **dict.fromkeys(["code", "code-insiders", "codium", "cursor"], CODE),
    **dict.fromkeys(["subl", "zed", "zeditor"], "--wait {path}:{line}"),
    "gvim": "--nofork +{line} {path}",
    "micro": "+{line}:1 {path}",
    "gedit": "--wait +{line} {path}",
    "kate": "--block --line {line} {path}",
    "mate": "--wait --line {line} {path}",
}
"""How each editor is told the line, and where it would return at once, to wait until the file is closed."""


def editor_command(path: str, line: int = 1) -> list[str]:
    """Return the command that opens the file at ``path`` in the learner's editor at ``line``, from 1.

    An editor that isn't in ``PLACES`` opens it at its beginning. Raises UsageError if none is set, or if the
    one that is set isn't there.
    """
    name = next((name for name in VARIABLES if os.environ.get(name, "").strip()), None)
    if name is None:
        raise UsageError("no editor is set; name yours in $EDITOR, such as: export EDITOR=nano")
    words = _words(name, os.environ[name].strip())
    program = os.path.splitext(os.path.basename(words[0]))[0].lower()
    place = PLACES.get(program, "{path}").split()
    # An absolute path can't be taken for an option.
    given = [part.format(line=line, path=os.path.abspath(path)) for part in place]
    return [*words, *(part for part in given if part not in words)]


def _words(name: str, command: str) -> list[str]:
    """Split a command, whose program may lie in a folder with blanks in its name."""
    if shutil.which(command):
        return [command]
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"${name} is {command!r}, which can't be read ({error}); mend its quotes") from None
    if not shutil.which(words[0]):
        mend = f"install it, or name another, such as: export {name}=nano"
        raise UsageError(f"the editor '{words[0]}' of ${name} is not on this machine; {mend}")
    return words
