"""Everything that can be set, with the only defaults of this project.

Values come from, later ones winning: the defaults here, a TOML file, the environment
(``VERBATIM_PORT=8000``), the command line. The TOML file is ``VERBATIM_CONFIG``, or
``verbatim.toml`` in the working folder if there is one.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.archive import shipped_folder
from corpus.faults import first_fault
from corpus.files import regular_bytes
from index.models import default_model
from qa.errors import SettingsError

PREFIX = "VERBATIM_"
CONFIG_VARIABLE = "VERBATIM_CONFIG"
_CONFIG_NAME = "verbatim.toml"
_APP = "verbatim-archive"


@cache
def program_version() -> str:
    """Return the version of this program; ``unknown`` where its files were only copied."""
    try:
        return version(_APP)
    except PackageNotFoundError:
        return "unknown"


def shipped_encoder() -> Path:
    """Return the folder of the encoder that was tuned to the shipped archive."""
    return Path(str(files("qa"))) / "reader" / "encoder"


class Settings(BaseModel):
    """The settings of one run; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    archive: Path = Field(
        default_factory=shipped_folder,
        description="folder of the transcripts; the shipped one by default",
    )
    index_folder: Path | None = Field(
        default=None,
        description="where the index is kept; by default a folder for this archive in the cache",
    )
    state_folder: Path = Field(
        default_factory=lambda: Path(platformdirs.user_state_dir(_APP)),
        description="where the curator's log and reported errors are kept",
    )

    model: str = Field(
        default_factory=default_model,
        min_length=1,
        description="embedding model: a sentence-transformers name or folder; by default "
        "`multilingual-e5-small` (about a hundred languages), or, where its package does not "
        "exist, `all-MiniLM-L6-v2` (English)",
    )
    batch_size: int = Field(default=32, ge=1, description="passages embedded at once")
    passage_tokens: int = Field(
        default=200, ge=16, description="most tokens in a passage, counted by tiktoken"
    )
    window: int = Field(
        default=5, ge=1, le=20, description="sentences by which the one in their middle is found"
    )

    depth: int = Field(
        default=200, ge=10, description="passages looked at in each ranking for one question"
    )
    use_aid: bool = Field(
        default=True, description="search the finding aids too, not only the documents' own words"
    )
    tuned: Path | None = Field(
        default_factory=shipped_encoder,
        description="folder of an encoder that `verbatim train` wrote; the shipped one by default; "
        "it takes part where it was tuned to all described documents",
    )
    use_tuned: bool = Field(
        default=True, description="compare questions by that encoder too, not only by the model"
    )
    calibration: Path | None = Field(
        default=None,
        description="calibration file for every document; by default `calibration.json` in the "
        "archive's folder, for the texts it was fitted on, and what comes with the program for "
        "any other",
    )
    wrong_quote_cost: float = Field(
        default=1.0, ge=0, description="what a wrong quote costs, beside the other costs"
    )
    false_denial_cost: float = Field(
        default=1.0, ge=0, description="what saying that nothing was found costs where something is"
    )
    offer_cost: float = Field(
        default=0.27, ge=0, description="what passages to judge cost, whatever they are"
    )
    wrong_quote_rate: float = Field(
        default=0.07,
        ge=0,
        le=1,
        description="where no calibration is of the very documents: greatest share of questions "
        "that get a wrong quote",
    )
    false_denial_rate: float = Field(
        default=0.03,
        ge=0,
        le=1,
        description="there: greatest share of answerable questions for which nothing is shown",
    )
    judge: str | None = Field(
        default=None,
        description="a cross-encoder, by name or folder, that orders the best candidates anew",
    )
    risk: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="greatest share of wrong quotes among answers, instead of the cost",
    )
    risk_certainty: float = Field(
        default=0.9, gt=0, lt=1, description="probability with which that risk is kept"
    )
    max_nearest: int = Field(
        default=10, ge=0, le=100, description="further passages given beside an answer, best first"
    )
    max_question_chars: int = Field(default=1000, ge=10, description="longest question accepted")
    history_turns: int = Field(
        default=20, ge=0, description="earlier questions of a conversation that are kept"
    )

    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(default=7860, ge=0, le=65535, description="port to listen on")
    kiosk: bool = Field(default=False, description="serve only the museum terminal")
    trusted_hosts: tuple[str, ...] = Field(
        default=(), description="further Host names accepted besides loopback names and host"
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="addresses whose X-Forwarded-For is believed"
    )
    public_url: str = Field(
        default="", description="base URL under which visitors reach this server from outside"
    )
    max_body_bytes: int = Field(default=65536, ge=1024, description="largest request body")
    max_connections: int = Field(default=400, ge=1, description="connections open at once")
    max_connections_each: int = Field(
        default=64, ge=1, description="connections an address may hold, trusted proxies excepted"
    )
    rate_burst: int = Field(default=60, ge=1, description="requests an address may make at once")
    rate_per_second: float = Field(
        default=4.0, gt=0, description="requests an address regains each second"
    )

    log_unanswered: bool = Field(
        default=True, description="count questions without an answer, never their text"
    )
    log_questions: bool = Field(
        default=False, description="also keep the text of questions without an answer"
    )
    log_questions_days: int = Field(
        default=30, ge=1, description="days after which kept questions are deleted"
    )

    kiosk_idle_seconds: int = Field(
        default=90, ge=30, description="stillness before the terminal asks if somebody is there"
    )
    kiosk_countdown_seconds: int = Field(
        default=30, ge=20, description="visible countdown before everything is wiped"
    )
    kiosk_screen_mm: int = Field(
        default=546, ge=100, description="diagonal of the terminal's screen"
    )
    kiosk_viewing_mm: int = Field(
        default=600, ge=200, description="distance of the reader's eyes, for the size of type"
    )
    kiosk_languages: tuple[str, ...] = Field(
        default=("en", "de", "ko", "ru"), min_length=1, description="interface languages"
    )
    kiosk_reload_hours: int = Field(
        default=4, ge=1, description="after so many hours the attract page reloads itself"
    )
    kiosk_speech: bool = Field(
        default=True, description="offer to read aloud where there is an offline voice"
    )

    @property
    def index_root(self) -> Path:
        """The folder of this archive's index."""
        if self.index_folder is not None:
            return self.index_folder
        slot = hashlib.sha256(str(self.archive.resolve()).encode()).hexdigest()[:12]
        return Path(platformdirs.user_cache_dir(_APP)) / f"index-{slot}"

    @classmethod
    def load(
        cls,
        config: Path | None = None,
        environment: Mapping[str, str] | None = None,
        **flags: object,
    ) -> Settings:
        """Read the settings.

        Args:
            config: a TOML file; None to look where the module says.
            environment: None for the process's own.
            flags: from the command line; None values are not set.

        Raises:
            SettingsError: a value cannot be used, or a name is not known.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = _from_toml(config, environment)
        values |= _from_environment(environment)
        values |= {name: value for name, value in flags.items() if value is not None}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            fault = first_fault(error, known=lambda _: tuple(cls.model_fields))
            raise SettingsError(f"The setting {fault.sentence}") from error


def _from_toml(config: Path | None, environment: Mapping[str, str]) -> dict[str, Any]:
    named = config or (Path(v) if (v := environment.get(CONFIG_VARIABLE)) else None)
    path = named or Path(_CONFIG_NAME)
    if named is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(regular_bytes(path).decode())
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such settings file.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: is no readable TOML file ({error}).") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Read ``VERBATIM_<NAME>``; lists are separated by commas."""
    values: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        text = environment.get(PREFIX + name.upper())
        if text is None:
            continue
        is_list = "tuple" in str(field.annotation)
        values[name] = (
            [part.strip() for part in text.split(",") if part.strip()] if is_list else text
        )
    return values
