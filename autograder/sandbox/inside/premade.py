"""The assignment's own modules, made before any submission comes.

A fork takes such a module only where it is given the very file that the module was made from, so
nothing is different but the time that it takes.
"""

import os
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

FOLDER = os.path.join(os.path.dirname(__file__), "given_files")
"""Where the grader puts the files that many submissions are going to be given."""
SUFFIX = ".py"


class Given:
    """Modules by the name of their file; each with the bytes that it was made from."""

    def __init__(self, folder: str, scratch: str) -> None:
        """Make them as if their files lay in `scratch`; one that cannot be made is left out."""
        self._modules: dict[str, tuple[bytes, ModuleType]] = {}
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            if name.endswith(SUFFIX):
                with open(os.path.join(folder, name), "rb") as file:
                    content = file.read()
                spec = spec_from_file_location(name.removesuffix(SUFFIX), f"{scratch}/{name}")
                module = _made(spec, content) if spec else None
                if module is not None:
                    self._modules[name] = content, module

    def adopt(self, name: str, content: bytes) -> None:
        """A file was laid in the scratch folder: its module is there, if it was made from it."""
        known, module = self._modules.get(name, (None, None))
        if module is not None and known == content:
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
