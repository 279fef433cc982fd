"""Old Word formats -> .docx through LibreOffice without a window: own profile, no network, a time limit."""

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from reports.errors import UnreadableFile

TIME_LIMIT = 60.0
_NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
# Three locks, because not every machine has each: the network is taken away (unshare), links of untrusted files are
# blocked, and what still asks for the network meets a proxy that is not there.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_office() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def convert_to_docx(data: bytes, name: str, suffix: str, time_limit: float = TIME_LIMIT) -> bytes:
    """The .docx that LibreOffice makes of a file with this suffix ("doc", "rtf", "wps").

    Raises UnreadableFile where LibreOffice is not installed, cannot read the file, or takes longer than time_limit seconds.
    """
    office = find_office()
    if office is None:
        raise UnreadableFile(
            f"{name}: old Word files are read through LibreOffice, which is not installed. Install it (Debian, Ubuntu: "
            "apt-get install libreoffice-writer-nogui) or save the file as .docx.",
            f"{name}：读取旧版 Word 文件需要 LibreOffice（Debian/Ubuntu：apt-get install libreoffice-writer-nogui），"
            "或请将文件另存为 .docx。",
            code="libreoffice-missing",
        )
    with tempfile.TemporaryDirectory(prefix="wenbao-office-") as folder:
        place = Path(folder)
        source = place / f"report.{suffix}"
        source.write_bytes(data)
        _write_profile(place / "profile")
        command = [
            *_without_network(),
            office,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place / "out"), str(source),
        ]  # fmt: skip
        finished = _run(command, place, time_limit)
        result = place / "out" / "report.docx"
        if not finished:
            raise UnreadableFile(
                f"{name}: LibreOffice did not finish within {time_limit:.0f} seconds. Save the file as .docx in Word.",
                f"{name}：LibreOffice 转换超过 {time_limit:.0f} 秒，请用 Word 另存为 .docx。",
                code="conversion-timeout",
            )
        if not result.is_file():
            raise UnreadableFile(
                f"{name}: LibreOffice cannot read this file; it may be damaged. Save it as .docx in Word.",
                f"{name}：LibreOffice 无法读取该文件，可能已损坏，请用 Word 另存为 .docx。",
                code="damaged-file",
            )
        return result.read_bytes()


def _write_profile(folder: Path) -> None:
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


@cache
def _without_network() -> tuple[str, ...]:
    """The prefix that runs a program without any network, () where this machine does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    probe = subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True)
    return (unshare, "-rn") if probe.returncode == 0 else ()


def _run(command: list[str], folder: Path, time_limit: float) -> bool:
    """Whether the program ended by itself in time; else it is killed with all that it started."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=time_limit)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        # Also on Ctrl-C: LibreOffice runs as several processes, all in the group that this one leads.
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    finally:
        process.wait()
