"""Nothing that is loaded here calls home: libraries are told so before they are imported.

Some send usage data to their makers unless the environment forbids it, and some read the
environment only while they are imported. So this is called when a package of ours is imported,
before any module of it can bring one of them in.
"""

from __future__ import annotations

import os
import sys
import warnings

# Whoever wants these has no business with them here: they tell third parties about the archive's
# machine and, the last one, what is asked.
_FORBIDDEN = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
}
_UNLESS_WANTED = {"HF_HUB_OFFLINE": "1"}


def stay_offline() -> None:
    """Forbid every report to third parties, and downloads from a model hub unless wanted.

    ``HF_HUB_OFFLINE=0`` in the environment allows the downloads.
    """
    if "onnxruntime" in sys.modules and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
        warnings.warn(
            "onnxruntime was imported before this project and may report to its maker; import it "
            "afterwards, or set ORT_DISABLE_TELEMETRY=1.",
            stacklevel=2,
        )
    os.environ.update(_FORBIDDEN)
    for name, value in _UNLESS_WANTED.items():
        os.environ.setdefault(name, value)
