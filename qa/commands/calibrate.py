"""``verbatim calibrate``: order, probabilities and threshold, fitted on gold questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, opened
from qa.render.terminal import tell
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answering import Answerer


def calibrate(
    questions: Annotated[
        list[Path], typer.Argument(help="Gold questions, JSON Lines; one file or several.")
    ],
    out: Annotated[Path, typer.Option(help="Where to write the calibration.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Fit the order of candidates, the probabilities and the threshold on gold questions."""
    from qa.answering import fitting_encoder
    from qa.training.calibrating import Readers
    from qa.training.calibrating import calibrate as fit

    def reader(*, use_aid: bool, use_tuned: bool) -> Answerer:
        settings = Settings.load(config, archive=archive, use_aid=use_aid, use_tuned=use_tuned)
        # An old calibration, or a risk it cannot keep, must not stand in the way of a new one.
        return opened(settings.model_copy(update={"calibration": None, "risk": None}))

    described = reader(use_aid=True, use_tuned=False)
    encoder = fitting_encoder(described.settings.tuned, described.archive)
    readers = Readers(
        tuned=reader(use_aid=True, use_tuned=True) if encoder is not None else None,
        described=described,
        text_only=reader(use_aid=False, use_tuned=False),
    )
    tell(fit(readers, questions, out))
    return Exit.DONE
