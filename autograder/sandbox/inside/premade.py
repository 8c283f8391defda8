"""The assignment's own modules, made before any submission comes.

A fork takes such a module only where it is given the very file that the module was made from, so
nothing is different but the time that it takes.
"""

import glob
import os
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

FOLDER = os.path.join(os.path.dirname(__file__), "given_files")
"""Where the grader puts the files that many submissions are going to be given, a folder each."""
SUFFIX = ".py"


class Given:
    """Modules by the name of their file and the bytes that they were made from."""

    def __init__(self, folder: str, scratch: str) -> None:
        """Make them as if their files lay in `scratch`; one that cannot be made is left out."""
        self._modules: dict[tuple[str, bytes], ModuleType] = {}
        for path in sorted(glob.glob(os.path.join(folder, "*", f"*{SUFFIX}"))):
            with open(path, "rb") as file:
                content = file.read()
            name = os.path.basename(path)
            spec = spec_from_file_location(name.removesuffix(SUFFIX), f"{scratch}/{name}")
            module = _made(spec, content) if spec else None
            if module is not None:
                self._modules[name, content] = module

    def adopt(self, name: str, content: bytes) -> None:
        """A file was laid in the scratch folder: its module is there, if it was made from it."""
        module = self._modules.get((name, content))
        if module is not None:
            sys.modules[module.__name__] = module


def _made(spec: ModuleSpec, content: bytes) -> ModuleType | None:
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up
    try:
        exec(compile(content, str(spec.origin), "exec"), module.__dict__)
    except Exception:
        return None
    finally:
        del sys.modules[spec.name]
    return module
