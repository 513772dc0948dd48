"""What `make setup` installs: everything pinned, and all but torch by its hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DEPLOY = ROOT / "docs" / "deploy"
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}$")
PLATFORMS = [
    {"sys_platform": system, "platform_system": name, "os_name": os, "platform_machine": machine}
    for system, name, os, machine in (
        ("linux", "Linux", "posix", "x86_64"),
        ("linux", "Linux", "posix", "aarch64"),
        ("darwin", "Darwin", "posix", "arm64"),
        ("win32", "Windows", "nt", "AMD64"),
    )
]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def entries(text: str) -> list[tuple[Requirement, list[str]]]:
    """Return each locked requirement with its hashes."""
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    found: list[tuple[Requirement, list[str]]] = []
    for line in lines:
        words = line.removesuffix("\\").strip()
        if line[0] == " ":
            found[-1][1].append(words)
        else:
            found.append((Requirement(words), []))
    return found


def pins(name: str) -> dict[str, str]:
    """Return the pinned versions of a file of constraints."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(r.name): str(r.specifier) for r, _ in entries(text)}


def test_everything_is_pinned_with_hashes() -> None:
    for requirement, hashes in entries(LOCK):
        assert [s.operator for s in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(SHA256.match(found) for found in hashes), requirement


def test_it_names_no_index_and_no_file() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_torch_and_what_only_torch_needs_stay_outside() -> None:
    outside = pins("constraints.txt")
    assert outside["torch"].startswith("==")
    assert not outside.keys() & {canonicalize_name(r.name) for r, _ in entries(LOCK)}
    assert not re.search(r"^(torch|nvidia-|cuda-|triton)", LOCK, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    "platform", PLATFORMS, ids=lambda p: f"{p['sys_platform']}-{p['platform_machine']}"
)
def test_what_is_named_is_locked_everywhere(platform: dict[str, str], python: str) -> None:
    """Once, at a version that pyproject.toml allows: else run `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    texts = [*project["dependencies"], *(text for extra in extras.values() for text in extra)]
    named = [Requirement(text) for text in texts]
    place = platform | {"python_version": python, "python_full_version": f"{python}.0"}
    locked = [r for r, _ in entries(LOCK) if r.marker is None or r.marker.evaluate(place)]
    names = [canonicalize_name(r.name) for r in locked]
    assert len(names) == len(set(names))
    versions = {canonicalize_name(r.name): next(iter(r.specifier)).version for r in locked}
    for wanted in named:
        if wanted.name != "verbatim-archive" and (
            wanted.marker is None or wanted.marker.evaluate(place)
        ):
            assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), wanted


def test_the_terminal_has_the_same_releases() -> None:
    terminal = (DEPLOY / "requirements-terminal.lock").read_text(encoding="utf-8")
    versions = {str(r).partition(";")[0].strip(): hashes for r, hashes in entries(LOCK)}
    for requirement, hashes in entries(terminal):
        assert versions[str(requirement).partition(";")[0].strip()] == hashes, requirement
    listed = (DEPLOY / "requirements-terminal.txt").read_text(encoding="utf-8").splitlines()
    named = {canonicalize_name(line) for line in listed if line and line[0] != "#"}
    assert named <= {canonicalize_name(r.name) for r, _ in entries(terminal)}
