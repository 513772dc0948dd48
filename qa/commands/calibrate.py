"""``verbatim calibrate``: order, probabilities and thresholds, fitted on gold questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shared import ArchiveOption, ConfigOption, Exit, progress, say
from qa.errors import SettingsError, UsageError
from qa.render.terminal import tell
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answering import Answerer
    from qa.reader.calibration import Calibration
    from qa.training.calibrating import QuestionSet, Readers

_SET_ARCHIVE = "archive"
_SET_QUESTIONS = "*questions.jsonl"


def calibrate(
    questions: Annotated[
        list[Path], typer.Argument(help="Gold questions, JSON Lines; one file or several.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write; by default calibration.json in the archive's folder."),
    ] = None,
    *,
    elsewhere: Annotated[
        list[Path] | None,
        typer.Option(
            help="Gold questions about documents that the archive does not hold, so that it learns "
            "what it has no answer to; may be given several times.",
        ),
    ] = None,
    for_any: Annotated[
        bool,
        typer.Option(
            "--for-any",
            help="Fit what is used for documents that were never calibrated: each QUESTIONS is a "
            "folder that holds an archive/ without finding aids and files *questions.jsonl.",
        ),
    ] = False,
    described: Annotated[
        Path | None,
        typer.Option(
            help="With --for-any: a calibration whose part for documents with a finding aid is "
            "taken over; by default that of the archive.",
        ),
    ] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Fit the order of candidates, the probabilities and the thresholds on gold questions."""
    from corpus.files import CALIBRATION
    from qa.reader.choosing import general_file
    from qa.training.calibrating import calibrate as calibrate_own
    from qa.training.calibrating import calibrate_for_any

    base = Settings.load(config, archive=archive)
    if for_any and elsewhere:
        raise UsageError("--elsewhere does not go with --for-any: no document is strange to it.")
    if for_any:
        known = _described(described or base.archive / CALIBRATION, base.model)
        _check_names(questions)
        sets = [_question_set(base, folder) for folder in questions]
        tell(calibrate_for_any(known, sets, out or general_file(base.model)))
    else:
        path = out or base.archive / CALIBRATION
        tell(calibrate_own(_readers(base), questions, path, elsewhere or ()))
    return Exit.DONE


def _opened(base: Settings, **values: object) -> Answerer:
    """Open a reader by what was fitted before, which says what a follow-up leans on.

    Where that cannot be read, or a risk not be kept, it must not stand in the way of the new.
    """
    from qa.answering import open_answerer
    from qa.reader.choosing import choose, unfitted

    settings = Settings.model_validate({**base.model_dump(), "risk": None, **values})
    try:
        choice, _ = choose(None, settings.archive, settings.model)
    except SettingsError:
        choice = unfitted(settings.model)
    with progress() as show:
        return open_answerer(settings, say, show, choice)


def _readers(base: Settings) -> Readers:
    from qa.answering import fitting_encoder
    from qa.training.calibrating import Readers

    text_only = _opened(base, use_aid=False, use_tuned=False)
    archive = text_only.archive
    described = [bool(archive.aid(transcript.id).entries) for transcript in archive]
    is_tuned = fitting_encoder(base.tuned, archive) is not None
    return Readers(
        tuned=_opened(base, use_aid=True, use_tuned=True) if is_tuned else None,
        described=_opened(base, use_aid=True, use_tuned=False) if any(described) else None,
        text_only=None if all(described) else text_only,
    )


def _check_names(folders: Sequence[Path]) -> None:
    """Check that no two sets share a name, and with it an index and what they count.

    Raises:
        UsageError: two do.
    """
    named: dict[str, Path] = {}
    for folder in folders:
        other = named.setdefault(folder.resolve().name, folder)
        if other is not folder:
            raise UsageError(f"{other} and {folder} have one name; give each set its own.")


def _question_set(base: Settings, folder: Path) -> QuestionSet:
    """Open a folder of documents and questions.

    Raises:
        UsageError: it holds none.
    """
    from qa.training.calibrating import QuestionSet

    files = tuple(sorted(folder.glob(_SET_QUESTIONS)))
    if not files:
        raise UsageError(
            f"{folder} holds no file {_SET_QUESTIONS}; name a folder with an {_SET_ARCHIVE}/ and "
            "questions about it."
        )
    index = base.index_root.parent / f"{base.index_root.name}-{folder.resolve().name}"
    values = {"archive": folder / _SET_ARCHIVE, "index_folder": index}
    return QuestionSet(
        folder.resolve().name, _opened(base, use_aid=False, use_tuned=False, **values), files
    )


def _described(path: Path, model: str) -> Calibration:
    """Return what was learned of documents with a finding aid.

    Raises:
        UsageError: nothing was, or with another model.
    """
    from qa.reader.calibration import Calibrations

    own = Calibrations.read(path)
    if own.described is None or own.model != model:
        raise UsageError(
            f"{path} holds nothing about documents with a finding aid and the model {model}; name "
            "one that does by --described."
        )
    return own.described
