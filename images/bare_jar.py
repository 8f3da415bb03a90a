#!/usr/bin/env python3
"""Takes the signature out of a jar of cryptography, and the native library if there is one.

The library lies in the image as a file. The signature of each class was checked at each start, by slow means: with the
library it took half a second. The digests of all the files, thousands, were read and kept in memory. OpenJDK wants no signature,
and the archive of classes takes no class that is signed.
"""

import sys
import zipfile
from pathlib import Path

LEFT_OUT = (".SF", ".RSA", ".DSA", ".EC", ".so")

jar = Path(sys.argv[1])
bare = jar.with_suffix(".bare")
with zipfile.ZipFile(jar) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
    for entry in old.infolist():
        if entry.filename == "META-INF/MANIFEST.MF":
            # What follows the first empty line are the digests of the files.
            new.writestr(entry, old.read(entry).partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        elif not entry.filename.endswith(LEFT_OUT):
            new.writestr(entry, old.read(entry))
bare.replace(jar)
