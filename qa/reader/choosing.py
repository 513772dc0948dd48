"""Which calibration is for a document: what its archive learned, or what many documents taught."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.files import CALIBRATION
from corpus.transcript import Transcript
from index.models import default_model
from qa.errors import SettingsError
from qa.reader.calibration import Calibration, Calibrations, Logistic, Order


@dataclass(frozen=True, slots=True)
class Choice:
    """The calibrations of an archive.

    Attributes:
        own: fitted for its documents, or None.
        general: learned from many documents; for any other.
        is_forced: whether ``own`` was named in the settings, and is for every document.
    """

    own: Calibrations | None
    general: Calibrations
    is_forced: bool = False

    def of(self, document: Transcript | None, *, is_described: bool, is_tuned: bool) -> Calibration:
        """Return the one for a document.

        Args:
            document: which comes first; None where none was found.
            is_described: whether its finding aid is searched.
            is_tuned: whether a tuned encoder takes part.
        """
        if self.own is not None and (self.is_forced or _fits(self.own, document)):
            found = self.own.chosen(is_described=is_described, is_tuned=is_tuned)
            if found is not None:
                return found
        found = self.general.chosen(is_described=is_described, is_tuned=is_tuned)
        if found is None:
            raise SettingsError("The general calibration lacks a way of reading; install again.")
        return found

    def first(self, *, is_described: bool, is_tuned: bool) -> Calibration:
        """Return the archive's own for a way of reading, where it has one, else the general one."""
        own = self.own and self.own.chosen(is_described=is_described, is_tuned=is_tuned)
        return own or self.of(None, is_described=is_described, is_tuned=is_tuned)


def unfitted(model: str) -> Choice:
    """Return calibrations that tell nothing, for finding what to fit better ones on."""
    even = Logistic({}, 0.0)
    nothing = Calibration(Order({}), even, even, "nothing", 0)
    return Choice(None, Calibrations(model, {}, nothing, nothing, nothing))


def _fits(own: Calibrations, document: Transcript | None) -> bool:
    """Tell whether calibrations were fitted for the very text of a document."""
    return document is not None and document.sha256 in own.documents.values()


def general_file(model: str) -> Path:
    """Return the calibration that comes with this package for an embedding model."""
    return Path(str(files("qa"))) / "reader" / "general" / f"{model}.json"


def choose(named: Path | None, archive_folder: Path, model: str) -> tuple[Choice, str]:
    """Read the calibrations for an archive.

    Args:
        named: a file that the settings name, or None.
        archive_folder: where the archive's own may lie.
        model: the embedding model, as in the settings.

    Returns:
        The calibrations, and a sentence about what does not fit; empty where all does.

    Raises:
        SettingsError: a file cannot be read.
    """
    path = general_file(model)
    note = ""
    if not path.is_file():
        note = (
            f"Nothing was learned yet about the model {model}; probabilities are those of "
            f"{default_model()}. Fit them with 'verbatim calibrate'."
        )
        path = general_file(default_model())
    general = Calibrations.read(path)
    if named is not None:
        return Choice(Calibrations.read(named), general, is_forced=True), note
    beside = archive_folder / CALIBRATION
    if not beside.exists():
        return Choice(None, general), note
    own = Calibrations.read(beside)
    if own.model != model:
        note = note or (
            f"{beside} was fitted with the model {own.model}; what many documents taught about "
            f"{model} is used instead."
        )
        return Choice(None, general), note
    return Choice(own, general), note
