"""``verbatim find``: every place where words stand."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shared import (
    ArchiveOption,
    CollectionOption,
    ConfigOption,
    Exit,
    JsonOption,
    SinceOption,
    UntilOption,
    tell_undated,
)
from qa.render.terminal import json_line, terminal_width
from qa.settings import Settings


def find_words(
    words: Annotated[str, typer.Argument(help="Words to look for; * at a word's end.")],
    *,
    speaker: Annotated[str | None, typer.Option(help="Only what this person says.")] = None,
    document: Annotated[str | None, typer.Option(help="Only in this document.")] = None,
    collection: CollectionOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only these words, in no other form or spelling.")
    ] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> int:
    """Show every place where words stand, not only the best ones.

    The words are found in this order, with nothing between them but line ends and hyphens there;
    in another order or apart they are not. Capitals, accents, points, kinds of quotation marks
    and dashes, and forms of letters and digits do not matter. Whole words are found; with
    particles attached in Korean, Hebrew and Arabic, and inside others in scripts without spaces.
    Signs without a letter or digit are looked for as they are.

    Inflected forms are found as well and, where a word stands nowhere, the spellings most like
    it; words that stand nowhere together are looked for in one sentence. What was looked for
    besides the words is told; --exact leaves it out.
    """
    from corpus.archive import open_archive
    from qa.finding import Place, find_widely_within, find_within
    from qa.render.places import found_object, found_text
    from qa.widening import Widened
    from qa.within import Within

    place = Place(speaker, document, Within.read(collection, since, until))
    documents = open_archive(Settings.load(config, archive=archive).archive)
    if exact:
        widened = Widened(find_within(documents, words, place), ())
    else:
        widened = find_widely_within(documents, words, place)
    tell_undated(place.within, documents)
    print(
        json_line(found_object(widened, words))
        if as_json
        else found_text(widened, terminal_width())
    )
    return Exit.DONE if widened.found.matches else Exit.NO_ANSWER
