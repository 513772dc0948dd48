"""Titles that a program or nobody gave: no name of a document."""

from __future__ import annotations

import re

_PROGRAMS = """
microsoft word|ms word|word|microsoft powerpoint|powerpoint|microsoft office|microsoft teams|teams|
ms teams|otter|otter.ai|rev|rev.com|descript|trint|temi|sonix|sonix.ai|zoom|zoom.us|whisper|
whisperx|openai whisper|macwhisper|whisper.cpp|happy scribe|happyscribe|turboscribe|fireflies|
fireflies.ai|google docs|google meet|google recorder|libreoffice|libreoffice writer|openoffice|
openoffice writer|openoffice.org|adobe acrobat|acrobat|adobe premiere|adobe premiere pro|
premiere pro|indesign|adobe indesign|latex|f4|f4x|f4transkript|maxqda|atlas.ti|nvivo|
express scribe|inqscribe|transana|elan|praat|amberscript|noscribe|audacity|dragon|webex|
cisco webex|riverside|riverside.fm|verbit|scribie|gotranscript|assemblyai|deepgram|speechmatics|
aws transcribe|amazon transcribe|azure speech|youtube|vimeo|kaltura|panopto|aegisub|
subtitle edit|subtitle workshop|ohms
"""
_NAMES = "|".join(re.escape(" ".join(p.split())) for p in _PROGRAMS.split("|"))
_CREDIT = re.compile(
    r"(?:auto(?:matically)?[- ]?)?(?:generated|transcribed|created|exported|produced|powered|"
    r"recorded|converted|captioned|printed|erstellt|erzeugt|généré|créé|создано)\s+"
    r"(?:by|with|using|via|through|mit|von|avec|par|с помощью|в)\s",
    re.I,
)
_BY_PROGRAM = re.compile(
    rf"(?:https?://)?(?:www\.)?(?:{_NAMES})(?:\.(?:ai|com|io|us|fm|net))?"
    r"(?:\s*(?:transcripts?|transcriptions?|transkript|export|documents?|dokument|meeting|"
    r"recording|presentation|file|app|pro|live|captions?|subtitles?|version|v?\d[\d.]*)\b\.?)*",
    re.I,
)
_NOBODYS = re.compile(
    r"(?:untitled|unnamed|unbenannt|ohne titel|sans titre|sin título|senza titolo|без названия|"
    r"без имени|новый документ|제목 없음|無題|无标题|new|neues?|nouveau)?\s*"
    r"(?:(?:word|text|pdf|microsoft word)[- ]?)?"
    r"(?:document|dokument|documento|документ|문서|文档|file|datei|transcript|transcription|"
    r"(?:interview|meeting|audio|full|edited|verbatim)[- ]transcripts?|interview|"
    r"transkript|transkription|interviewtranskript|untitled|unbenannt|расшифровка|стенограмма|title|titel|презентация)?"
    r"\s*[-–(]?\s*\d{0,4}\)?",
    re.I,
)
_SAVED_AS = re.compile(r"\A(?:microsoft word|word|powerpoint|microsoft powerpoint)\s+-\s+", re.I)
_SUFFIX = re.compile(r"\.(?:docx?|dotx?|odt|rtf|txt|pdf|indd|pages|md|wpd|tex)\Z", re.I)


def given_title(words: str) -> str:
    """Return a title without what a program put before and behind it; empty where none is left."""
    flat = " ".join(words.split()).strip("#*_ ")
    bare = _SUFFIX.sub("", _SAVED_AS.sub("", flat)).strip()
    if _CREDIT.match(bare) or _BY_PROGRAM.fullmatch(bare) or _NOBODYS.fullmatch(bare):
        return ""
    return bare if any(char.isalpha() for char in bare) else ""
