"""Which judge takes part, by the settings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa.reader.judge import CrossEncoderJudge, Judge
from qa.reader.trained_judge import MODEL_FILE, TrainedJudge
from qa.settings import NO_JUDGE


@cache
def open_judge(name: str) -> Judge | None:
    """Load the judge of this name, once in a process; None where there is to be none.

    Args:
        name: the setting: ``none``, the folder of a trained judge, or a cross-encoder.

    Raises:
        SettingsError: it cannot be loaded.
    """
    if name == NO_JUDGE:
        return None
    folder = Path(name)
    return TrainedJudge(folder) if (folder / MODEL_FILE).exists() else CrossEncoderJudge(name)
