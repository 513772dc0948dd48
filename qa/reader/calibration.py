"""From a reader's features to the probability that the archive answers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from qa.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model and the threshold above which the archive quotes.

    Attributes:
        weights: of each feature, by name.
        intercept: of the model.
        threshold: probability from which on the answer is quoted.
        fitted_on: what it was fitted on, in words, for whoever reads the file.
        questions: how many questions that were.
    """

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    fitted_on: str
    questions: int

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability in [0, 1] that a question with these features is answered."""
        logit = self.intercept
        for name, weight in self.weights.items():
            logit += weight * features.get(name, 0.0)
        return 1.0 / (1.0 + math.exp(-max(min(logit, 60.0), -60.0)))

    def write(self, path: Path) -> None:
        """Write the calibration as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """Read a calibration file.

        Raises:
            SettingsError: the file is missing or not a calibration.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(**values)
        except FileNotFoundError as error:
            raise SettingsError(f"{path}: there is no such calibration file.") from error
        except (OSError, ValueError, TypeError) as error:
            raise SettingsError(f"{path}: is no calibration file; fit one again.") from error


def shipped_calibration() -> Path:
    """Return the calibration that comes with this package."""
    return Path(str(files("qa"))) / "reader" / "calibration.json"
