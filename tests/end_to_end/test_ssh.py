"""Over a real sshd on loopback: a link that breaks costs nothing."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.terminal import TUTOR, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.conftest import Learner

pytestmark = pytest.mark.end_to_end

CONFIGURATION = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/learner_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
"""

OPTIONS = """\
Host tutor
  HostName 127.0.0.1
  Port {port}
  IdentityFile {folder}/learner_key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
  EscapeChar none
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Path]:
    """Run an sshd of our own; yield the client's configuration, in which its name is ``tutor``."""
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not (sshd and shutil.which("ssh") and shutil.which("ssh-keygen")):
        pytest.skip("ssh or sshd is not installed: apt-get install openssh-client openssh-server")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    for key in ("host_key", "learner_key"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / key)], check=True, timeout=20
        )
    for name, words in (("sshd_config", CONFIGURATION), ("ssh_config", OPTIONS)):
        (tmp_path / name).write_text(words.format(port=port, folder=tmp_path))
    if os.getuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # sshd started by root refuses to do without
    complaints = tmp_path / "sshd_log"
    server = subprocess.Popen([sshd, "-D", "-f", str(tmp_path / "sshd_config"), "-E", str(complaints)])
    try:
        deadline = time.monotonic() + 10
        while "Server listening" not in (complaints.read_text() if complaints.exists() else ""):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.skip(f"sshd does not start here: {complaints.read_text().strip()}")
            time.sleep(0.02)
        yield tmp_path / "ssh_config"
    finally:
        server.terminate()
        server.wait()


def logs_in(learner: Learner, host: Path) -> Terminal:
    """Log in and open the tutor, which notes its process in the file ``process``."""
    variables = [
        f"{name}={shlex.quote(learner.environment[name])}"
        for name in ("PYTHONPATH", "TUTOR_HOME", "TZ", "LANG")
    ]
    remote = f"echo $$ > {learner.home}/process; export {' '.join(variables)}; exec {shlex.join(TUTOR)} review"
    return Terminal(["ssh", "-F", str(host), "-tt", "tutor", remote], learner.environment)


def test_a_broken_link(learner: Learner, host: Path) -> None:
    with logs_in(learner, host) as terminal:
        terminal.wait_for("¶ 1 of 4")
        terminal.press("t")
        terminal.wait_for("question 1 of ")
        terminal.press("3")
        terminal.wait_for("Right.")
        terminal.press("Enter")
        terminal.wait_for("question 2 of ")
        terminal.press("h")
        terminal.wait_for("1 hint")
        remote = int((learner.home / "process").read_text())
        terminal.process.kill()
        terminal.wait_until(lambda: not os.path.exists(f"/proc/{remote}"), "the tutor outlives its link", 5)
    with logs_in(learner, host) as terminal:
        terminal.wait_for("question 2 of ")
        terminal.wait_for("1 hint")
        terminal.press("2")
        terminal.wait_for("Hard → back")
        terminal.press("q")
        terminal.wait_for("2 of 11")
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.modes_left_on == []
    assert [(row["question"], row["hints"]) for row in learner.log] == [
        ("narrow-valley", 0),
        ("line-search", 1),
    ]
