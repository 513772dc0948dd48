"""Words that turn or restrict what is said, count, or say who speaks, by language.

Folded: small letters, no accents. Where a language has no table, all together are its table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from qa.quotations.table import Table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbers(small: str, tens: str, more: str) -> dict[str, int]:
    """Return words with their numbers: from 0 on, from 20 on by tens, and ``word=number``."""
    found = {
        word: first + step * number
        for first, step, text in ((0, 1, small), (20, 10, tens))
        for number, words in enumerate(text.split())
        for word in words.split("/")
    }
    for word in more.split():
        name, _, stated = word.partition("=")
        found[name] = int(stated or -1)
    return found


_TABLES: Mapping[str, Table] = {
    "en": Table(
        code="en",
        negations=_words(
            "not *n't cannot no never none nobody nothing nowhere neither nor without hardly "
            "scarcely barely seldom rarely few false untrue unlikely doubt doubts doubted deny "
            "denies denied denying refuse* impossible dont cant wont isnt arent wasnt werent didnt "
            "doesnt hadnt hasnt havent wouldnt couldnt shouldnt no-one"
        ),
        behind=_words("not never nothing nobody none nowhere neither nor no hardly scarcely"),
        conditions=_words(
            "if unless whether provided providing suppose supposing assuming lest otherwise"
        ),
        doubts=_words("allegedly supposedly reportedly perhaps maybe possibly"),
        beliefs=_words(
            "i_think i_thought i_believe i_believed i_guess i_guessed i_suppose i_supposed "
            "i_imagine i_imagined i_assume i_assumed i_presume i_presumed i_suspect i_suspected "
            "i_reckon i_reckoned i_figure i_figured i_gather i_gathered "
            "i'm_afraid i_am_afraid i'd_think i'd_guess i'd_imagine i'd_say "
            "i_would_say i_doubt we_think we_thought we_believe we_believed we_guess we_suppose "
            "we_supposed we_assume we_assumed we_presume we_suspect we_suspected we_figured "
            "it_seems it_seemed it_appears it_appeared "
            "it_possible it's_possible it_quite_possible it's_quite_possible it_very_possible "
            "it's_very_possible it_probable it's_probable it_likely it's_likely seemingly "
            "it_conceivable it's_conceivable it_may_be it_might_be it_could_be it_may_well_be "
            "it_may_have_been it_might_have_been it_could_have_been it_looks_like it_looked_like "
            "probably presumably apparently conceivably"
        ),
        no_beliefs=_words("about of back over so"),
        unreal=(
            r"\b(?:(?:would|could|might|may|should|[^\W_]+'d)(?: (?:[a-z]+ly|well|also|even|just))?"
            r" (?:have|be)|(?:would|could|might|should)'ve)(?: been)?"
            r"(?: (?:[a-z]+ly|also|even))? \|"
            r"|\b(?:would|could|might|may|should|[^\W_]+'d)(?: (?:[a-z]+ly|well|also|even|just))? "
            r"\| (?:have|be)$"
        ),
        exceptions=_words(
            "except excepting excluding barring save_for other_than apart_from aside_from but_only"
        ),
        limits=_words("only as_long_as so_long_as whenever"),
        until=_words("until till"),
        when=_words("when while"),
        opening=_words(
            "dream dreamt dreamed imagine imagined pretend pretended hope hoped fear feared wish "
            "wished rumour rumor claim allegation accusation suggestion idea notion myth story "
            "charge theory"
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
        numbers=_numbers(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen",
            "twenty thirty forty fifty sixty seventy eighty ninety",
            "hundred=100 thousand=1000 million=1000000 billion=1000000000 hundreds thousands "
            "millions billions half third quarter dozen dozens double twice once first second",
        ),
        says=_words(
            "said says say saying told tells tell telling wrote writes write writing asked asks "
            "ask answered answers replied replies added adds declared declares explained explains "
            "claimed claims stated states insisted insists warned warns shouted shouts cried "
            "called announced argued argues admitted admits conceded remarked observed noted notes "
            "recalled recalls remembered remembers continued complained concluded thought thinks "
            "believed believes "
            "went goes go like put whispered muttered yelled screamed ordered commanded maintained "
            "responded joked testified acknowledged promised quipped stressed urged shout cry "
            "scream yell whisper reply explain declare insist warn argue admit shouting crying "
            "yelling screaming asking claiming think believe report reports reported deny denies "
            "denied assert asserts asserted allege alleges alleged announces concedes maintains "
            "complains concludes reckon reckons reckoned suspects suspected"
        ),
        reads=_words("read reads heard hear quote quoted cite cited"),
        mine=_words("i we"),
        others=_words(
            "he she they you it somebody someone everybody everyone people one who him nobody none "
            "anybody anyone"
        ),
        between=_words(
            "is was are were be had has have would will did do does used to just always never "
            "often also then there later even once only again still simply actually really kept 's "
            "has publicly finally recently all both himself herself not"
        ),
        articles=_words("the a an my your his her our their this that these those some every"),
        passives=_words("am is are was were be been being got"),
        stops=_words(
            "and but or that what when because if as since while so then after before though"
        ),
        according=r"according to|in the words of",
    ),
    "de": Table(
        code="de",
        negations=_words(
            "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem "
            "nichts nirgends nirgendwo weder noch ohne kaum keineswegs keinesfalls mitnichten "
            "unmoglich falsch unwahr bezweifl* bestreit* leugn* weiger*"
        ),
        behind=_words("nicht nie niemals nichts keineswegs keinesfalls mitnichten"),
        conditions=_words(
            "wenn falls sofern ob vorausgesetzt angenommen solange sonst andernfalls"
        ),
        doubts=_words("angeblich vermeintlich vielleicht womoglich moglicherweise"),
        beliefs=_words(
            "ich_glaube glaube_ich ich_glaub glaub_ich ich_glaubte glaubte_ich ich_denke denke_ich "
            "ich_dachte dachte_ich ich_vermute vermute_ich ich_vermutete ich_nehme_an nehme_ich_an "
            "ich_nahm_an ich_schatze schatze_ich "
            "wir_glauben wir_glaubten wir_dachten wir_vermuten "
            "wir_vermuteten es_scheint es_schien mir_scheint scheint_mir "
            "es_ist_moglich es_war_moglich ist_moglich es_kann_sein kann_sein konnte_sein mag_sein "
            "wahrscheinlich vermutlich eventuell anscheinend scheinbar offenbar"
        ),
        no_beliefs=_words("an uber nach"),
        unreal=r"\b(?:hätt|wär|würd|könnt|dürft)(?:e|en|est|et|t)\b[^,;:.!?]* \|",
        exceptions=_words("ausser ausgenommen bis_auf es_sei_denn abgesehen"),
        limits=_words("nur so_lange"),
        until=_words("bis"),
        opening=_words(
            "traumte getraumt hoffe hoffte furchte furchtete wunschte behauptung gerucht vorwurf "
            "idee"
        ),
        no_conditions=_words("als auch selbst"),
        asking=_words("frage fragt fragte fragen gefragt weiss wissen wusste sehen prufen"),
        inverted=_words("hatte hatten hattest ware waren warst sollte sollten"),
        auxiliaries=_words(
            "bin bist ist sind war waren wird werden wurde wurden hat habe haben hatte hatten kann "
            "konnen konnte konnten muss mussen musste soll sollen sollte will wollen wollte darf "
            "durfen durfte ware hatte"
        ),
        that=_words("dass das"),
        turning=_words("aber doch sondern jedoch weil denn obwohl wahrend"),
        joining=_words("und oder"),
        pronouns=_words("ich wir er sie es ihr du man"),
        numbers=_numbers(
            "null ein/eins/eine zwei/zwo drei vier funf sechs sieben acht neun zehn elf zwolf "
            "dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
            "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
            "hundert=100 tausend=1000 million=1000000 millionen=1000000 milliarde=1000000000 "
            "milliarden=1000000000 dutzend halb halfte doppelt",
        ),
        says=_words(
            "sagte sagten sagt sagen gesagt sagst erklarte erklart erklarten meinte meint gemeint "
            "schrieb schreibt geschrieben schrieben fragte fragt gefragt antwortete antwortet "
            "geantwortet behauptete behauptet betonte betont rief rufen gerufen erzahlte erzahlt "
            "berichtete berichtet warnte forderte hiess heisst dachte gedacht erwiderte ausserte "
            "entgegnete erganzte versicherte"
        ),
        reads=_words("las gelesen lesen horte gehort zitiere"),
        mine=_words("ich wir"),
        others=_words("er sie es man ihr du jemand leute wer einer niemand keiner jeder alle"),
        between=_words(
            "hat haben hatte hatten habe mir mich uns ihm ihr ihnen dann damals auch nur noch "
            "wieder einmal mal immer oft sich zu da so schon wurde wird am im dazu spater"
        ),
        articles=_words(
            "der die das den dem des ein eine einer einem einen mein meine meinem dein seine sein "
            "ihre unser unsere jeder"
        ),
        passives=_words("wurde wurden werde werden wird worden"),
        stops=_words("und aber oder dass was wie als weil wenn da denn"),
        according=r"laut|nach den worten (?:von|des|der)|zufolge|nach angaben (?:von|des|der)",
        nouns_are_large=True,
    ),
    "fr": Table(
        code="fr",
        negations=_words(
            "ne n'* pas jamais rien personne aucun aucune ni sans nul nulle guere point faux "
            "impossible nie* refus* dout* non"
        ),
        before=_words("ne n'*"),
        behind=_words("pas jamais rien personne guere aucunement nullement"),
        conditions=_words("si s'il s'ils sinon pourvu suppose supposons condition moins cas"),
        doubts=_words("pretendument"),
        beliefs=_words(
            "je_crois je_croyais je_pense je_pensais je_suppose je_supposais j'imagine j'imaginais "
            "je_presume nous_croyons nous_pensons "
            "nous_pensions il_me_semble il_semble il_semblait me_semble il_parait "
            "il_se_peut il_est_possible c'est_possible il_est_probable peut_etre probablement "
            "sans_doute apparemment vraisemblablement"
        ),
        no_beliefs=_words("a au aux"),
        unreal=(
            r"\b(?:aur|ser|pourr|devr)(?:ais|ait|aient|ions|iez)"
            r"(?: (?:peut-être|bien|pu|dû|été|sans doute))* \|"
        ),
        exceptions=_words("sauf excepte hormis mis_a_part a_part"),
        limits=_words("seulement uniquement tant_que"),
        until=_words("jusqu'a_ce_que jusqu'a_ce_qu'il jusqu'a_ce_qu'elle avant_que"),
        opening=_words("reve revais espere esperais crains craignais rumeur idee"),
        no_conditions=_words("meme comme"),
        asking=_words("demande demandent demander sais sait savoir"),
        auxiliaries=_words(
            "suis es est sommes etes sont etais etait etaient ai as a avons avez ont avais avait "
            "avaient sera seront serait seraient aura auront aurait auraient peut peuvent pouvait"
        ),
        that=_words("que qu qu'*"),
        turning=_words("mais or car parce pourtant cependant"),
        joining=_words("et ou"),
        pronouns=_words("je j'* nous il elle ils elles on tu vous"),
        numbers=_numbers(
            "zero un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
            "quinze seize",
            "vingt/vingts trente quarante cinquante soixante",
            "cent=100 cents=100 mille=1000 million=1000000 millions=1000000 milliard=1000000000 "
            "milliards=1000000000 douzaine moitie demi double",
        ),
        says=_words(
            "dit disait disaient disent dire declare declara declarait ecrit ecrivait ecrivit "
            "affirme affirma affirmait explique expliqua repond repondit repondu demande demanda "
            "dis disais repondis ecrivis demandai criai raconte raconta ajoute "
            "ajouta crie cria crie pretend repetait annonce annonca"
        ),
        reads=_words("lu lisait entendu cite"),
        mine=_words("j' je"),
        others=_words("il elle on ils elles tu vous quelqu' qui"),
        between=_words(
            "a ai as ont avait avaient avons est m' t' s' l' me te se lui leur nous y en ne pas "
            "alors puis aussi toujours ensuite deja encore souvent"
        ),
        articles=_words("le la les l' un une des mon ma mes son sa ses notre nos leur ce cette"),
        stops=_words("et mais ou que quand parce comme si lorsque"),
        according=r"selon|d['’]apres|aux dires de",
    ),
    "es": Table(
        code="es",
        negations=_words(
            "no nunca jamas nada nadie ningun ninguno ninguna ni sin tampoco apenas falso falsa "
            "imposible nieg* neg* dud*"
        ),
        before=_words("no"),
        behind=_words("nunca jamas nada nadie tampoco"),
        conditions=_words("si salvo menos supuesto suponiendo siempre caso condicion"),
        doubts=_words("supuestamente quiza quizas"),
        beliefs=_words(
            "creo creia pienso pensaba pense supongo suponia imagino me_imagino "
            "creemos creiamos pensamos suponemos me_parece me_parecio parece parecia "
            "es_posible era_posible puede_ser puede_que es_probable tal_vez a_lo_mejor "
            "probablemente posiblemente aparentemente"
        ),
        no_beliefs=_words("en"),
        unreal=(
            r"\b(?:habría[ns]?|habríamos|hubiera[ns]?|hubiese[ns]?|podría[ns]?|sería[ns]?)"
            r"(?: (?:sido|haber|ser|quizás?))* \|"
        ),
        exceptions=_words("salvo excepto aparte_de a_no_ser"),
        limits=_words("solo solamente unicamente mientras"),
        until=_words("hasta_que"),
        opening=_words("sone sonaba espero esperaba temo temia rumor idea"),
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
        numbers=_numbers(
            "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece "
            "catorce quince dieciseis diecisiete dieciocho diecinueve",
            "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
            "veintiuno=21 veintidos=22 veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26 "
            "veintisiete=27 veintiocho=28 veintinueve=29 cien=100 ciento=100 cientos mil=1000 "
            "millon=1000000 millones=1000000 docena mitad medio doble",
        ),
        says=_words(
            "dijo dijeron dice dicen decia decian declaro afirmo explico escribio pregunto "
            "respondio conto contesto anadio grito aseguro dicho contaron contaban contaba "
            "afirmaron explicaron escribieron preguntaron respondieron contestaron gritaron "
            "aseguraron"
        ),
        own_forms=_words("dije dijimos digo decimos escribi pregunte respondi conteste"),
        reads=_words("lei escuche"),
        mine=_words("yo nosotros nosotras"),
        others=_words("el ella ellos ellas usted ustedes tu alguien quien nadie"),
        between=_words("me te le les nos se ha han habia entonces luego tambien siempre ya no"),
        articles=_words("el la los las un una mi su sus mis nuestro nuestra este esta"),
        stops=_words("y pero o que cuando porque si como"),
        according=r"segun|en palabras de",
    ),
    "ru": Table(
        code="ru",
        negations=_words(
            "не нет ни никогда никто никого никому ничего ничто нигде никуда никак никакой никаких "
            "никакого нельзя невозможно без едва неправда ложь отказ* отрица* сомнев*"
        ),
        before=_words("не ни"),
        behind=_words("никогда ничего никак нет"),
        conditions=_words("если ли бы условии случае иначе коли раз"),
        doubts=_words("якобы возможно"),
        beliefs=_words(
            "думаю я_думал я_думала полагаю я_полагал я_полагала считаю я_считал я_считала "
            "мне_кажется кажется мне_казалось казалось мы_думали мы_думаем "
            "мы_полагали мы_полагаем мы_считали мы_считаем наверное наверно вероятно "
            "видимо по-видимому пожалуй предполагаю может_быть по_моему по-моему"
        ),
        no_beliefs=_words("о об про над"),
        exceptions=_words("кроме за_исключением разве_что не_считая"),
        limits=_words("только лишь"),
        until=_words("пока_не"),
        opening=_words("мечтал мечтала надеюсь надеялся боюсь боялся слух будто"),
        no_conditions=_words("даже как"),
        asking=_words("спросил спросила спросили спрашива* знать знаю"),
        auxiliaries=_words("был была было были будет будут буду есть может могут мог могли"),
        that=_words("что чтобы"),
        turning=_words("но а однако зато потому"),
        joining=_words("и или"),
        pronouns=_words("я мы он она они оно вы ты"),
        numbers=_numbers(
            "ноль один/одна/одно два/две три четыре пять шесть семь восемь девять десять "
            "одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
            "восемнадцать девятнадцать",
            "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
            "сто=100 двести=200 триста=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 "
            "восемьсот=800 девятьсот=900 тысяча=1000 тысячи=1000 тысяч=1000 миллион=1000000 "
            "миллиона=1000000 миллионов=1000000 миллиард миллиардов половина дюжина вдвое",
        ),
        says=_words(
            "сказал* говорил* говорит говорят говорю заявил* заявляет отметил* написал* писал* "
            "пишет пишут спросил* ответил* утверждал* утверждает объяснил* добавил* крикнул* "
            "закричал* подумал* думал* сообщил* рассказал* произнес*"
        ),
        reads=_words("прочитал прочла читал слышал слышала услышал цитирую"),
        mine=_words("я мы"),
        others=_words("он она они оно вы ты кто кто-то никто"),
        between=_words("мне нам ему ей им вам тебе мои тогда потом также всегда тоже еще уже нас"),
        articles=_words("мои моя мое наш наша его ее их этот эта"),
        stops=_words("и а но или что когда потому если как"),
        according=r"по словам|по мнению|как сказал[аи]?|как писал[аи]?|согласно",
    ),
    "ar": Table(
        code="ar",
        negations=_words(
            "لا لم لن ليس ليست لست ليسوا ما غير بدون بلا ابدا كلا ولا ولم ولن وليس فلا فلم"
        ),
        before=_words("لا لم لن ليس ليست لست ما غير ولا ولم ولن وليس فلا فلم"),
        behind=_words("ابدا"),
        conditions=_words("اذا لو لولا"),
        that=_words("ان انه انها انهم"),
        turning=_words("لكن بل"),
        joining=_words("و او"),
        pronouns=_words("انا نحن هو هي هم انت"),
        says=_words("قال قالت قالوا يقول تقول كتب كتبت سال سالت اجاب اجابت صرخ"),
        own_forms=_words("قلت قلنا"),
        mine=_words("انا نحن"),
        others=_words("هو هي هم"),
        between=_words("لي لنا له لها لهم قد"),
    ),
    "ko": Table(
        code="ko",
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
        doubts=_words(
            "아마 아마도 어쩌면 생각합니다 생각해요 생각했습니다 생각한다 생각했다 생각됩니다 "
            "같습니다 같아요 같다 같았습니다 같았다 모릅니다 모른다 듯합니다 듯하다 듯했다"
        ),
        beliefs=_words("제_생각에 제_생각에는 제_생각엔 내_생각에 내_생각에는 내_생각엔"),
        nouns=_words("*화면 *측면 *반면 *장면 *표면 *방면 *국면 *전면 *정면 *내면 *당면 *지면 면"),
        that=_words("고 라고 다고"),
        turning=_words("하지만 그러나 그런데"),
        joining=_words("그리고 또는"),
        numbers=_numbers(
            "",
            "",
            "영 일 이 삼 사 오 육 칠 팔 구 십 백 천 만 억 조 하나 둘 셋 넷 다섯 여섯 일곱 여덟 "
            "아홉 열 한 두 세 네 스물 서른 마흔 쉰 절반 반",
        ),
    ),
}


@cache
def table(language: str) -> Table:
    """Return the words of a language, given as an ISO 639-1 code."""
    if language in _TABLES:
        return _TABLES[language]
    every = tuple(_TABLES.values())
    names = [one.name for one in fields(Table) if one.type == "frozenset[str]"]
    united: dict[str, Any] = {
        name: frozenset().union(*(getattr(one, name) for one in every)) for name in names
    }
    numbers = {word: number for one in every for word, number in one.numbers.items()}
    return Table(**united, numbers=numbers)


LANGUAGES = tuple(_TABLES)
"""ISO 639-1 codes of the languages that have a table."""
