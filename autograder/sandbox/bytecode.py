"""Bytecode beside the assignment's own modules, so that no fork has to compile them again."""

import importlib.util
import py_compile
import tempfile
from functools import lru_cache
from pathlib import Path

Files = tuple[tuple[str, bytes], ...]
"""(relative path, content)."""


@lru_cache(maxsize=8)
def with_bytecode(files: Files) -> Files:
    """The files, and the bytecode of each module among them.

    It names the digest of its source: Python compiles anew what somebody has changed.
    """
    compiled = [(name, _compiled(content)) for name, content in files if name.endswith(".py")]
    beside = [(importlib.util.cache_from_source(name), code) for name, code in compiled if code]
    return (*files, *beside)


def _compiled(source: bytes) -> bytes:
    """Bytecode of a module; nothing where it is not one."""
    with tempfile.TemporaryDirectory() as folder:
        module, code = Path(folder, "module.py"), Path(folder, "module.pyc")
        module.write_bytes(source)
        try:
            mode = py_compile.PycInvalidationMode.CHECKED_HASH
            py_compile.compile(str(module), str(code), doraise=True, invalidation_mode=mode)
        except py_compile.PyCompileError:
            return b""
        return code.read_bytes()
