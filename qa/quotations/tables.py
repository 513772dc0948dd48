"""Words that turn or restrict what is said, by language. Folded: small letters, no accents.

A word of a table stands for itself; one that ends in ``*`` for all that begin so, one that begins
with ``*`` for all that end so. Where a language has no table, all tables together are its table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache


@dataclass(frozen=True, slots=True)
class Table:
    """Words of one language.

    Attributes:
        negations: turn what they govern into its opposite.
        before: negate only what comes after them.
        behind: negate what comes before them, where no auxiliary stands between.
        conditions: make what they govern hold only under a condition, or leave it open.
        no_conditions: words before a condition that make it none: "even if", "as if".
        asking: words before a condition that make it a question passed on: "asked if".
        nouns: words that look like conditions by their ending and are none.
        inverted: begin a sentence that is a condition: "Had we known".
        auxiliaries: verbs to which a negation behind them belongs.
        that: open a clause that depends on the one before.
        turning: open a clause of its own, which a negation before them does not reach.
        joining: do so where a pronoun follows.
        pronouns: subjects.
        numbers: words for numbers.
    """

    negations: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    no_conditions: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    inverted: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    turning: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    _known: dict[tuple[str, str], bool] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def has(self, kind: str, word: str) -> bool:
        """Whether a folded word is in the set of that name."""
        key = (kind, word)
        if key not in self._known:
            self._known[key] = _holds(getattr(self, kind), word)
        return self._known[key]


def _holds(words: frozenset[str], word: str) -> bool:
    if word in words:
        return True
    return any(
        word.startswith(one[:-1]) if one.endswith("*") else word.endswith(one[1:])
        for one in words
        if one.startswith("*") or one.endswith("*")
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TABLES: Mapping[str, Table] = {
    "en": Table(
        negations=_words(
            "not *n't cannot no never none nobody nothing nowhere neither nor without hardly "
            "scarcely barely false untrue unlikely doubt doubts doubted deny denies denied denying "
            "refuse* impossible dont cant wont isnt arent wasnt werent didnt doesnt hadnt hasnt "
            "havent wouldnt couldnt shouldnt no-one"
        ),
        behind=_words("not never nothing nobody none nowhere neither nor no hardly scarcely"),
        conditions=_words(
            "if unless whether provided providing suppose supposing assuming lest otherwise"
        ),
        no_conditions=_words("as even"),
        asking=_words(
            "ask asks asked asking see wonder wonders wondered know knows knew tell told check"
        ),
        inverted=_words("had were should"),
        auxiliaries=_words(
            "am is are was were be been being have has had do does did will would shall should can "
            "could may might must ought"
        ),
        that=_words("that"),
        turning=_words("but yet although though because since whereas"),
        joining=_words("and or so then"),
        pronouns=_words("i we he she they it you there"),
        numbers=_words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
            "eighty ninety hundred hundreds thousand thousands million millions billion billions "
            "half third quarter dozen dozens double twice once first second"
        ),
    ),
    "de": Table(
        negations=_words(
            "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem "
            "nichts nirgends nirgendwo weder noch ohne kaum keineswegs keinesfalls mitnichten "
            "unmoglich falsch unwahr bezweifl* bestreit* leugn* weiger*"
        ),
        behind=_words("nicht nie niemals nichts keineswegs keinesfalls mitnichten"),
        conditions=_words(
            "wenn falls sofern ob vorausgesetzt angenommen solange sonst andernfalls"
        ),
        no_conditions=_words("als auch selbst"),
        asking=_words("frage fragt fragte fragen gefragt weiss wissen wusste sehen prufen"),
        inverted=_words("hatte hatten hattest ware waren warst sollte sollten"),
        auxiliaries=_words(
            "bin bist ist sind war waren wird werden wurde wurden hat habe haben hatte hatten kann "
            "konnen konnte konnten muss mussen musste soll sollen sollte will wollen wollte darf "
            "durfen durfte ware hatte"
        ),
        that=_words("dass daß das"),
        turning=_words("aber doch sondern jedoch weil denn obwohl wahrend"),
        joining=_words("und oder"),
        pronouns=_words("ich wir er sie es ihr du man"),
        numbers=_words(
            "null ein eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn "
            "vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig "
            "funfzig sechzig siebzig achtzig neunzig hundert tausend million millionen milliarde "
            "milliarden dutzend halb halfte doppelt"
        ),
    ),
    "fr": Table(
        negations=_words(
            "ne n'* pas jamais rien personne aucun aucune ni sans nul nulle guere point faux "
            "impossible nie* refus* dout* non"
        ),
        before=_words("ne n'*"),
        behind=_words("pas jamais rien personne guere aucunement nullement"),
        conditions=_words("si s'il s'ils sinon pourvu suppose supposons condition moins cas"),
        no_conditions=_words("meme comme"),
        asking=_words("demande demandent demander sais sait savoir"),
        auxiliaries=_words(
            "suis es est sommes etes sont etais etait etaient ai as a avons avez ont avais avait "
            "avaient sera seront serait seraient aura auront aurait auraient peut peuvent pouvait"
        ),
        that=_words("que qu'*"),
        turning=_words("mais or car parce pourtant cependant"),
        joining=_words("et ou"),
        pronouns=_words("je j'* nous il elle ils elles on tu vous"),
        numbers=_words(
            "zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
            "quinze seize vingt trente quarante cinquante soixante cent cents mille million "
            "millions milliard milliards douzaine moitie demi double"
        ),
    ),
    "es": Table(
        negations=_words(
            "no nunca jamas nada nadie ningun ninguno ninguna ni sin tampoco apenas falso falsa "
            "imposible nieg* neg* dud*"
        ),
        before=_words("no"),
        behind=_words("nunca jamas nada nadie tampoco"),
        conditions=_words("si salvo menos supuesto suponiendo siempre caso condicion"),
        no_conditions=_words("como incluso"),
        asking=_words("pregunta pregunto preguntar saber sabe se"),
        auxiliaries=_words(
            "soy es somos son era eran fue fueron he ha hemos han habia habian sera seran seria "
            "serian esta estan estaba estaban puede pueden podia podian"
        ),
        that=_words("que"),
        turning=_words("pero sino porque aunque mas"),
        joining=_words("y e o u"),
        pronouns=_words("yo nosotros nosotras el ella ellos ellas usted ustedes tu"),
        numbers=_words(
            "cero un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece "
            "catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien "
            "ciento cientos mil millon millones docena mitad medio doble"
        ),
    ),
    "ru": Table(
        negations=_words(
            "не нет ни никогда никто никого никому ничего ничто нигде никуда никак никакой никаких "
            "никакого нельзя невозможно без едва неправда ложь отказ* отрица* сомнев*"
        ),
        before=_words("не ни"),
        behind=_words("никогда ничего никак нет"),
        conditions=_words("если ли бы условии случае иначе коли раз"),
        no_conditions=_words("даже как"),
        asking=_words("спросил спросила спросили спрашива* знать знаю"),
        auxiliaries=_words("был была было были будет будут буду есть может могут мог могли"),
        that=_words("что чтобы"),
        turning=_words("но а однако зато потому"),
        joining=_words("и или"),
        pronouns=_words("я мы он она они оно вы ты"),
        numbers=_words(
            "ноль один одна одно два две три четыре пять шесть семь восемь девять десять "
            "одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
            "восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят "
            "восемьдесят девяносто сто двести тысяча тысячи тысяч миллион миллиона миллионов "
            "миллиард миллиардов половина дюжина вдвое"
        ),
    ),
    "ko": Table(
        negations=_words(
            "안 못 않* 못하* 못했* 못한* 못할* 없* 아니* 아닌* 아닙* 말* 마라 마십시오 결코 "
            "절대 전혀 "
            "*않았다 *않는다 *않습니다 *않다 *못했다 *못한다 *없다 *없었다 *없습니다 "
            "*아니다 *아니었다 거짓*"
        ),
        before=_words("안 못"),
        behind=_words(
            "않* 못하* 못했* 못한* 못할* 없* 아니* 아닌* 아닙* 말* 마라 마십시오 *않았다 *않는다 "
            "*않습니다 *않다 *못했다 *못한다 *없다 *없었다 *없습니다 *아니다 *아니었다"
        ),
        conditions=_words(
            "만약 만약에 만일 만일에 혹시 *면 *거든 *는지 *을지 경우 경우에 조건으로"
        ),
        nouns=_words("*화면 *측면 *반면 *장면 *표면 *방면 *국면 *전면 *정면 *내면 *당면 *지면 면"),
        that=_words("고 라고 다고"),
        turning=_words("하지만 그러나 그런데"),
        joining=_words("그리고 또는"),
        numbers=_words(
            "영 일 이 삼 사 오 육 칠 팔 구 십 백 천 만 억 조 하나 둘 셋 넷 다섯 여섯 "
            "일곱 여덟 아홉 열 "
            "한 두 세 네 스물 서른 마흔 쉰 절반 반"
        ),
    ),
}


@cache
def table(language: str) -> Table:
    """Return the words of a language, given as an ISO 639-1 code."""
    if language in _TABLES:
        return _TABLES[language]
    names = [one.name for one in fields(Table) if not one.name.startswith("_")]
    every = {
        name: frozenset().union(*(getattr(one, name) for one in _TABLES.values())) for name in names
    }
    return Table(**every)
