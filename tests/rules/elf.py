"""The literals in an object file (https://refspecs.linuxfoundation.org/elf/elf.pdf).

Of objects and not of the linked library, where the linker has put the literals of all files together: there, one that ends as
another does is no longer there, and pieces that are no text stand between them.
"""

import struct
from pathlib import Path

PROGRAM_DATA = 1  # sh_type
WRITABLE, EXECUTABLE, MERGED, TEXTS = 0x1, 0x4, 0x10, 0x20  # sh_flags
LOADED = 0x2


def literals(object_file):
    """The NUL-terminated texts in the constants of an object file."""
    content = Path(object_file).read_bytes()
    if content[:6] != b"\x7fELF\x02\x01":
        raise ValueError(f"{object_file} is no 64-bit little-endian ELF file")
    for kind, flags, start, size in sections(content):
        is_constant = kind == PROGRAM_DATA and flags & LOADED and not flags & (WRITABLE | EXECUTABLE)
        # What is merged and no text are numbers and pieces that the compiler moves at once.
        if is_constant and (not flags & MERGED or flags & TEXTS):
            yield from (text.decode("utf-8", "replace") for text in content[start : start + size].split(b"\0") if text)


def sections(content):
    (table,) = struct.unpack_from("<Q", content, 0x28)
    entry_size, count = struct.unpack_from("<HH", content, 0x3A)
    # More sections than the header has room for: the first entry says how many.
    count = count or struct.unpack_from("<Q", content, table + 0x20)[0]
    for index in range(count):
        _, kind, flags, _, start, size = struct.unpack_from("<IIQQQQ", content, table + index * entry_size)
        yield kind, flags, start, size
