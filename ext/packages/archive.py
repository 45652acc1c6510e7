"""Archives that come out the same, byte for byte, whoever builds them and when.

Both functions take what goes in as {name in the archive: file}.
"""

import gzip
import io
import tarfile
import time
import zipfile

from larder_packages import source_date

MODE = 0o644
FIRST_OF_ZIP = 315532800  # 1980: a zip knows no earlier time


def write_tar_gz(archive, files):
    with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:  # fmt: skip
        for name in sorted(files):
            content = files[name].read_bytes()
            entry = tarfile.TarInfo(name)  # of user and group 0
            entry.size, entry.mode, entry.mtime = len(content), MODE, source_date()
            tar.addfile(entry, io.BytesIO(content))


def write_zip(archive, files):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, time.gmtime(max(source_date(), FIRST_OF_ZIP))[:6])
            entry.create_system, entry.external_attr = 3, MODE << 16  # 3: Unix, also where this runs on Windows
            packed.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, 9)
