"""The build hook that compiles the shipped data into the wheel (hatchling loads this file)."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotBuildHook(BuildHookInterface[Any]):
    """Adds `signpost/data/snapshot/*.sqlite` to a wheel; an editable install builds its own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the snapshots beside the wheel and list them for inclusion."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from signpost.dataset.snapshot import build_shipped

        for path in build_shipped(root / "data", Path(tempfile.mkdtemp())):
            build_data["force_include"][str(path)] = f"signpost/data/snapshot/{path.name}"
