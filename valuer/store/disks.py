"""What kind of disk a file lies on: SQLite's log needs memory that programs share.

Over a network there is none, so a library there keeps to the rollback journal. Where
the kind cannot be told, the disk counts as local; SQLite's own refusal still holds.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK = {
    *("9p", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs"),
    *("nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
    *("fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs"),
    *("fuse.sshfs", "fuse.vmhgfs-fuse"),
}
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = 4
"""Windows' word for a drive on the network."""


def is_network(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a file lies on a disk of another machine, as far as can be told."""
    if sys.platform == "win32":
        if path.drive.startswith("\\\\"):
            return True
        import ctypes

        root = f"{path.drive}\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE)
    try:
        device = path.stat().st_dev
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    wanted = f"{os.major(device)}:{os.minor(device)}"
    return any(
        kind in _NETWORK for number, kind in map(_mount, lines) if number == wanted
    )


def _mount(line: str) -> tuple[str, str]:
    """Return device and kind of a mount: third word, and first after the dash."""
    front, _, back = line.partition(" - ")
    return (*front.split(" ")[2:3], "")[0], back.split(" ")[0]
