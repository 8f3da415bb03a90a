#!/usr/bin/env python3
"""Packs folders as the layers of one container image, without a container engine.

The result is the archive form that `docker load` and `ctr images import` read: a config, one tar per layer and
manifest.json. The same folders give the same bytes: entries are sorted, owned by root, and carry one fixed time.
A file is 755 where its owner may execute it and 644 elsewhere; a folder is 755, and 1777 where the sticky bit is set.
"""

import argparse
import hashlib
import io
import json
import os
import stat
import tarfile
import tempfile

TIME = 1767225600  # project.build.outputTimestamp of the root pom
CREATED = "2026-01-01T00:00:00Z"


def normalised(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = TIME
    if entry.isdir():
        entry.mode = 0o1777 if entry.mode & stat.S_ISVTX else 0o755
    elif entry.isfile():
        entry.mode = 0o755 if entry.mode & stat.S_IXUSR else 0o644
    else:
        entry.mode = 0o777
    return entry


def names_below(folder: str) -> list[str]:
    found = []
    for base, folders, files in os.walk(folder):
        found += [os.path.relpath(os.path.join(base, name), folder) for name in folders + files]
    return sorted(found)


def write_layer(folder: str, target: str) -> None:
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as layer:
        for name in names_below(folder):
            path = os.path.join(folder, name)
            entry = normalised(layer.gettarinfo(path, arcname=name))
            # A second name of a file already packed would be a hard link, and so depend on the machine's own links.
            if entry.islnk():
                entry.type, entry.size = tarfile.REGTYPE, os.path.getsize(path)
            if entry.isfile():
                with open(path, "rb") as content:
                    layer.addfile(entry, content)
            else:
                layer.addfile(entry)


def digest(path: str) -> str:
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = len(content), TIME, 0o644
    archive.addfile(entry, io.BytesIO(content))


def pack(tag: str, architecture: str, config: dict, folders: list[str], output: str) -> None:
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(output))) as work:
        layers = []
        for number, folder in enumerate(folders):
            path = os.path.join(work, f"{number}.tar")
            write_layer(folder, path)
            layers.append((digest(path), path, os.path.basename(folder)))
        image = {
            "architecture": architecture,
            "os": "linux",
            "created": CREATED,
            "config": config,
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{sha}" for sha, _, _ in layers]},
            "history": [{"created": CREATED, "created_by": f"images: {name}"} for _, _, name in layers],
        }
        content = json.dumps(image, sort_keys=True).encode()
        config_name = hashlib.sha256(content).hexdigest() + ".json"
        manifest = [{"Config": config_name, "RepoTags": [tag], "Layers": [f"{sha}.tar" for sha, _, _ in layers]}]
        with tarfile.open(output + ".part", "w", format=tarfile.GNU_FORMAT) as archive:
            add_bytes(archive, config_name, content)
            for sha, path, _ in layers:
                entry = tarfile.TarInfo(f"{sha}.tar")
                entry.size, entry.mtime, entry.mode = os.path.getsize(path), TIME, 0o644
                with open(path, "rb") as layer:
                    archive.addfile(entry, layer)
            add_bytes(archive, "manifest.json", json.dumps(manifest).encode())
    os.replace(output + ".part", output)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tag", required=True)
    parser.add_argument("--architecture", required=True)
    parser.add_argument("--config", required=True, help="JSON of the image's config: User, Env, Entrypoint ...")
    parser.add_argument("--output", required=True)
    parser.add_argument("layer", nargs="+", help="a folder, lowest layer first")
    given = parser.parse_args()
    pack(given.tag, given.architecture, json.loads(given.config), given.layer, given.output)


if __name__ == "__main__":
    main()
