"""Words that weigh for or against a person, in some languages: evidence, never the only one.

A language that is missing here loses certainty, not correctness: what cannot be told apart is
credited to nobody.
"""

from __future__ import annotations


def _phrases(text: str) -> tuple[str, ...]:
    """Cut at strokes; a phrase may hold spaces."""
    return tuple(filter(None, (phrase.strip() for phrase in text.split("|"))))


ASIDES = frozenset(
    """
    note notes nb n.b quote quotation example examples e.g i.e ps p.s pps warning caution tip hint
    summary conclusion result reason fact remember attention important reminder
    translation source sources headline caption motto proverb
    zitat anmerkung hinweis notiz beispiel bemerkung fazit ergebnis zusammenfassung achtung
    wichtig übersetzung quelle grund tatsache motto merke nachsatz ps stichwort merksatz
    citation note remarque exemple attention conclusion résumé avertissement traduction source
    rappel nota cita ejemplo aviso atención conclusión resumen traducción fuente observación
    advertencia citação exemplo aviso atenção conclusão observação fonte tradução lembrete
    citazione esempio avviso attenzione conclusione osservazione fonte traduzione
    citaat noot voorbeeld opmerking let_op conclusie bron vertaling samenvatting
    цитата примечание пример замечание внимание вывод итог источник перевод заметка важно
    цитую примітка приклад увага висновок джерело cytat uwaga przykład wniosek źródło przypis
    citát poznámka příklad pozor závěr alıntı not örnek dikkat sonuç kaynak uyarı
    인용 인용문 주 주의 참고 예 예시 요약 결론 출처 비고 메모
    引用 注 備考 注意 例 例えば 要約 結論 出典 補足 メモ 引文 备注 注释 例如 比如 摘要 结论 来源
    原文 附注
    اقتباس ملاحظة مثال تنبيه خلاصة ملاحظه المصدر ترجمة تنويه ציטוט הערה דוגמה שימו_לב סיכום מקור
    उद्धरण टिप्पणी नोट उदाहरण सारांश ध्यान_दें निष्कर्ष स्रोत
    σημείωση παράδειγμα προσοχή παράθεμα หมายเหตุ ตัวอย่าง ghi_chú ví_dụ trích_dẫn lưu_ý
    """.split()
)
"""What introduces a remark, a quotation or an example inside somebody's speech."""

CATALOGUE = frozenset(
    """
    date time place location venue subject re ref reference to from cc bcc topic title item agenda
    tape side reel track session part present participants attendees attendance absent apologies
    copyright credits language duration length recorded recording transcript transcriber
    transcribed url link file page interviewee transcribed_by interviewed_by recorded_by
    members substitute also introductory opening closing remarks statement beginning end
    keywords tags status version series collection repository rights encoding participants
    datum zeit uhrzeit ort betreff thema titel teil band seite anwesend teilnehmer teilnehmerinnen
    beginn ende dauer sprache protokoll protokollant tagesordnung an von abschrift transkription
    date_de_l'entretien heure lieu objet sujet titre durée langue présents participants début fin
    fecha hora lugar asunto tema título duración idioma presentes participantes inicio cinta
    data hora local assunto título duração idioma presentes participantes início fita ora luogo
    oggetto titolo durata lingua presenti partecipanti tijd plaats onderwerp titel duur taal
    aanwezig дата время место тема предмет название присутствуют присутствовали участники начало
    конец длительность язык кассета запись расшифровка час місце учасники miejsce czas temat
    tytuł obecni uczestnicy čas místo téma tarih saat yer konu katılımcılar
    날짜 일시 시간 장소 제목 주제 참석자 참석 참가자 녹음 기록 언어 일자
    日付 日時 時間 場所 件名 題名 議題 出席者 参加者 録音 記録 言語
    日期 时间 時間 地点 地點 主题 主題 标题 参加者 参加人员 出席 录音 记录 语言
    التاريخ الوقت المكان الموضوع العنوان الحضور المشاركون المدة اللغة
    תאריך שעה מקום נושא כותרת נוכחים משתתפים שפה תמלול
    दिनांक तारीख समय स्थान विषय शीर्षक उपस्थित प्रतिभागी भाषा
    ημερομηνία ώρα τόπος θέμα τίτλος παρόντες วันที่ เวลา สถานที่ หัวข้อ ngày giờ địa_điểm chủ_đề
    """.split()
)
"""What a catalogue line, a memo head or a list of people begins with."""

ANSWERING = frozenset(
    """
    interviewee participant respondent informant befragte befragter interviewte interviewter
    enquêté enquêtée entrevistado entrevistada intervistato intervistata респондент
    респондентка информант 면담자 구술자 답변자
    """.split()
)
"""Who is asked, in a list of people as well as before every answer."""

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady judge justice senator sen rep
    representative congressman congresswoman president vice chairman chairwoman chairperson chair
    speaker secretary minister ambassador amb general gen colonel col captain capt major maj
    lieutenant lt sergeant sgt admiral commander officer detective inspector rev reverend father
    sister brother bishop king queen prince princess governor gov mayor councillor comrade hon
    honorable attorney counsel the doctor director chancellor premier prime marshal
    herr frau fräulein präsident präsidentin vizepräsident vizepräsidentin bundeskanzler
    bundeskanzlerin bundesminister bundesministerin minister ministerin staatssekretär
    staatssekretärin vorsitzender vorsitzende genosse genossin abg abgeordneter abgeordnete
    general oberst richter richterin professorin kanzler kanzlerin dipl ing h.c med phil
    monsieur madame mademoiselle m mm mme mlle maître me président présidente ministre
    sénateur député députée général docteur sr sra srta don doña señor señora señorita presidente
    presidenta ministro ministra senador senadora diputado diputada doctor doctora dra
    senhor senhora deputado deputada doutor doutora signor signora signorina dott on onorevole
    meneer mevrouw dhr mevr de heer voorzitter pan pani pán paní prezes marszałek
    господин госпожа товарищ тов г г-н г-жа гн председатель президент министр генерал доктор
    профессор депутат председательствующий головуючий пан пані bay bayan başkan sayın
    """.split()
)
"""Words that stand before a surname and do not tell two people apart by themselves."""

OFFICES = frozenset(
    """
    chairman chairwoman chairperson speaker president moderator präsident präsidentin vorsitzender
    vorsitzende président présidente presidente presidenta voorzitter przewodniczący
    przewodnicząca marszałek председатель председательствующий головуючий başkan
    """.split()
)
"""Who leads a meeting, and is called so without a name."""

ROLES = frozenset(
    """
    member student engineer manager host guest presenter interviewer interviewee moderator narrator
    speaker voice man woman officer clerk witness defendant plaintiff reporter journalist editor
    producer audience participant teacher nurse pilot captain copilot operator caller translator
    interpreter male female lead deputy assistant first second third old young unknown unidentified
    co-host zuschauer moderator moderatorin sprecher sprecherin zeuge zeugin reporter reporterin
    gast student studentin schriftführer schriftführerin journaliste animateur animatrice témoin
    étudiant étudiante intervenant intervenante entrevistador entrevistadora entrevistado testigo
    periodista alumno alumna entrevistadora repórter jornalista aluno aluna giornalista studente
    журналист журналистка ведущий ведущая корреспондент студент студентка свидетель голос
    """.split()
)
"""What somebody is called in a transcript who is called by no name."""

PARTS = frozenset(
    """
    interviewer interviewers interviewee narrator respondent informant questioner questioners
    question answer q a court chair clerk all audience both unidentified unknown male female
    panelist panellist facilitator host cohost anchor announcer spk s p i r m f pm
    interviewerin interviewte interviewter befragte befragter frage antwort fragesteller
    gericht alle gesprächsleiter gesprächsleiterin unbekannt unbekannte
    enquêteur enquêtrice enquêté enquêtée intervieweur intervieweuse locuteur locutrice question
    réponse modérateur modératrice tous inconnu inconnue juge
    entrevistador entrevistadora entrevistado entrevistada pregunta respuesta moderador moderadora
    hablante locutor locutora todos desconocido pergunta resposta falante
    intervistatore intervistatrice intervistato intervistata domanda risposta moderatore
    moderatrice parlante tutti spreker interviewster geïnterviewde vraag antwoord gespreksleider
    pytanie odpowiedź prowadzący prowadząca rozmówca rozmówczyni mówca moderatorka dziennikarz
    mluvčí otázka odpověď moderátor moderátorka
    интервьюер респондент респондентка информант вопрос ответ модератор диктор спикер говорящий
    мужчина женщина все неизвестный зал питання відповідь інтерв'юер ведучий ведуча
    질문자 답변자 면담자 구술자 진행자 사회자 기자 화자 질문 답변
    聞き手 話し手 司会 司会者 記者 質問 回答 話者 主持人 记者 訪者 采访者 採訪者 受访者 受訪者 问 答
    說話人 说话人 発言者 发言人 المذيع المحاور الضيف السائل المتحدث מראיין מראיינת מרואיין מרואיינת
    מנחה पत्रकार प्रश्न उत्तर साक्षात्कारकर्ता
    """.split()
)
"""What somebody is called by the part in a conversation, or by a recogniser."""

UNKNOWN = frozenset(
    """
    unknown unkn unk unnamed nameless somebody someone
    unbekannt unbekannte unbekannter unbekanntes unbekannten ungenannt jemand
    inconnu inconnue inconnus inconnues quelqu'un quelqu’un
    desconocido desconocida desconocidos desconocidas alguien desconhecido desconhecida alguém
    sconosciuto sconosciuta ignoto ignota qualcuno onbekend onbekende iemand
    неизвестный неизвестная неизвестное неизвестные неизвестно неизвестен неизвестна неизв кто-то
    некто невідомий невідома невідоме невідомі невідомо хтось неизвестни непознат непозната
    nieznany nieznana nieznani nieznane ktoś neznámý neznámá neznámí neznámy neznáma někdo
    nepoznat nepoznata nepoznati neznan ismeretlen necunoscut necunoscută tuntematon
    okänd okänt okända ukendt ukjent bilinmeyen bilinmiyor meçhul
    άγνωστος άγνωστη άγνωστο άγνωστοι
    미상 불명 불상 무명씨 不明 不詳 不详 未知 未詳 佚名 不知名 مجهول مجهولة مجهولون ناشناس نامشخص
    אלמוני אלמונית अज्ञात
    """.split()
)
"""What somebody is called of whom nobody knows who it is."""

UNIDENTIFIED = frozenset(
    """
    unidentified unident unid unrecognised unrecognized
    nichtidentifiziert nichtidentifizierter nichtidentifizierte unidentifiziert
    неустановленный неустановленная неустановленное неопознанный неопознанная неопознанное
    неидентифицированный неидентифицированная неідентифікований niezidentyfikowany
    niezidentyfikowana neidentifikovaný neidentifikovaná neidentificat neidentificată
    oidentifierad uidentificeret uidentifisert azonosítatlan tunnistamaton
    """.split()
)
"""What says the same before any word for a person: "Unidentified Reporter"."""

UNIDENTIFIED_PHRASES = (
    "not identified", "not known", "nicht identifizierte[rns]?", "nicht identifiziert",
    "nicht bekannt", "non[ -]identifiée?s?", "no identificad[oa]s?", "sin identificar",
    "não identificad[oa]s?", "non identificat[oai]", "niet geïdentificeerd",
    "не установлен[аоы]?", "не опознан[аоы]?", "не определ[её]н[аоы]?", "не встановлен[аоий]*",
    "알 ?수 ?없[는음]", "לא ידועה?", "לא מזוהה", "غير معروفة?", "غير محددة?",
    "không rõ", "không xác định", "tidak dikenal", "tidak diketahui", "ไม่ทราบชื่อ", "ไม่ทราบ",
)  # fmt: skip
"""The same in two words or more; small letters, as patterns."""

UNKNOWN_BESIDE = frozenset(
    """
    the a an der die das ein eine einer le la l' les un une el los las il lo gli uno una o os as um
    uma de het een den en ett
    person persons people individual member members of from in gentleman lady boy girl child men
    women speakers males females soldier caller name names off mic microphone camera
    mann frau männer frauen person personen stimme junge mädchen redner rednerin herr anrufer name
    homme femme personne personnes orateur oratrice nom intervenant intervenants locuteurs
    hombre mujer persona personas orador oradora nombre señor señora participante
    homem mulher pessoa nome voz uomo donna oratore man vrouw persoon naam
    мужской женский оратор лицо лица человек голос участник участница выступающий имя чоловік жінка
    особа mężczyzna kobieta osoba muž žena mies nainen henkilö mann kvinne kvinna kvinde person
    kişi konuşmacı erkek kadın
    발언자 신원 성명 남자 여자 남성 여성 사람 話者 発言者 氏名 姓名 男性 女性 男 女 身份 身分
    人 者 人士 说话者 說話者 发言者 發言者 شخص متحدث رجل امرأة صوت דובר דוברת איש אישה वक्ता व्यक्ति
    two three four
    """.split()
)
"""What may stand beside either, and names nobody."""

BLANKS = frozenset("name names firstname lastname surname nom nombre nome naam имя 이름".split())
"""What a template says where a name is to be filled in."""

BLANKS_BESIDE = frozenset(
    "of the first last full des der de du del dela da do di della l'interviewé l’interviewé "
    "interviewten befragten interviewers".split()
)
"""What may stand beside it: "Name of Interviewee", "First Name Last Name"."""

VOICES = frozenset(
    """
    voice voices stimme stimmen voix voz voces vozes voce voci stemmen голос голоса głos głosy hlas
    hlasy röst röster stemmer φωνή φωνές 목소리 声 聲 صوت أصوات קול קולות
    """.split()
)
"""What nobody is called but a voice that cannot be told."""

VOICES_BESIDE = frozenset(
    """
    a the an of from in at several many other others another some male female man's man’s woman's
    woman’s men's women's audience floor back crowd room hall gallery house background off offstage
    eine einer mehrere andere aus dem der im publikum saal hintergrund männliche weibliche zuruf
    une un plusieurs autre autres dans de du la le salle public fond masculine féminine d'homme
    d’homme de femme femme homme diverses
    una otra varias desde el público sala fondo masculina femenina uma outra várias da do plateia
    masculina feminina altra diverse dalla maschile femminile
    из с в зала зале места мест толпы мужской женский мужские женские другой несколько
    z ze w sali męski żeński ze sálu mužský ženský
    """.split()
)
"""What may stand beside it: where it comes from, or whose sort of voice it is."""

ORDINALS = frozenset(
    """
    first firstly second secondly third thirdly fourth fourthly fifth fifthly lastly finally
    erstens zweitens drittens viertens fünftens schließlich
    premièrement deuxièmement troisièmement quatrièmement deuxième troisième quatrième
    primero segundo tercero cuarto quinto primeiro terceiro quarto primo secondo terzo
    eerste tweede derde vierde eerste ten_eerste ten_tweede ten_derde första andra tredje fjärde
    første anden tredje andre fjerde ensimmäinen toinen kolmas neljäs ensiksi toiseksi kolmanneksi
    первое второе третье четвёртое четвертое пятое во-первых во-вторых в-третьих первый второй
    третий перше друге третє четверте по-перше по-друге по-третє
    pierwsze drugie trzecie czwarte po_pierwsze po_drugie po_trzecie první druhý třetí čtvrtý
    zaprvé zadruhé zatřetí prvo drugo treće četvrto először másodszor harmadszor első második
    harmadik întâi în_primul_rând doilea treilea birinci ikinci üçüncü dördüncü birincisi ikincisi
    üçüncüsü πρώτον δεύτερον τρίτον τέταρτον първо второ трето
    أولا أولاً ثانيا ثانياً ثالثا ثالثاً رابعا رابعاً ראשית שנית שלישית ראשון שני שלישי
    पहला पहली दूसरा दूसरी तीसरा तीसरी चौथा चौथी 第一 第二 第三 第四 首先 其次 再次 最后
    一つ目 二つ目 三つ目 첫째 둘째 셋째 넷째 첫번째 두번째 세번째 thứ_nhất thứ_hai thứ_ba
    ประการแรก ประการที่สอง ประการที่สาม ข้อแรก ข้อสอง ข้อสาม pertama kedua ketiga kwanza pili
    """.split()
)
"""What counts the points of a speech: "First: ...", "Second: ..."."""

GENDERED = {
    **dict.fromkeys("mr sir lord herr monsieur m sr don señor senhor signor meneer dhr".split(), 1),
    **dict.fromkeys("господин г-н pan pán bay".split(), 1),
    **dict.fromkeys("mrs ms miss dame lady frau fräulein madame mademoiselle mme mlle".split(), 2),
    **dict.fromkeys("sra srta doña señora señorita senhora signora signorina".split(), 2),
    **dict.fromkeys("mevrouw mevr госпожа г-жа pani paní bayan".split(), 2),
}
"""Titles that tell a man (1) from a woman (2)."""

PARTICLES = frozenset(
    """
    a al and ap as at av bar ben bin bint da dal das de degli dei del dell della delle den der des
    di do dos du e el for fon from für het i ibn im in la las le les los mac of on op to ten ter
    te
    the til und van vom von vander y zu zum zur 't d' l' h. c. und beim
    и в на по од та
    """.split()
)
"""Small words inside names and offices."""

REMARKS = frozenset(
    """
    laughs laughing laughter applause cheers reading continuing continued interrupting crying
    cont contd resuming resumes reads
    aside quietly softly loudly shouts interjecting interrupts
    inaudible unintelligible crosstalk pause music silence sic sighs whispering shouting
    overlapping
    via translated interpreted interpreter translation off-mic offmic phonetic ph indistinct
    lacht lachen gelächter heiterkeit beifall unterbrechung zuruf zurufe zwischenruf liest
    fortfahrend unverständlich pause lachend musik schweigt
    rires rire applaudissements lit inaudible silence murmures interrompant
    risas ríe aplausos lee inaudible silencio interrumpiendo risos ri aplausos lê inaudível
    ride risate applausi legge incomprensibile gelach applaus leest onverstaanbaar
    смех смеётся смеется аплодисменты читает неразборчиво пауза шум оживление сміх оплески
    śmiech oklaski czyta niezrozumiałe smích potlesk gülüyor kahkaha alkış
    웃음 웃으며 박수 침묵 읽으며 읽음 일동 笑 笑い 笑う 拍手 沈黙 読む 掌声 笑声 鼓掌 沉默 读
    مقاطعا مقاطعاً مقاطعة ضاحكا ضحك يضحك تصفيق صمت يقرأ צחוק צוחק צוחקת מחיאות כפיים שתיקה קורא
    हँसी हंसते तालियाँ मौन पढ़ते
    γέλια χειροκροτήματα หัวเราะ ปรบมือ cười vỗ tay
    """.split()
)
"""What is noted in brackets about how somebody speaks, or what is heard in the room."""

WITNESSES = frozenset(
    "witness deponent zeuge zeugin témoin testigo testemunha teste getuige свидетель свидетельница "
    "свідок świadek svědek tanık 증인 証人 证人 證人 الشاهد העד".split()
)
"""Who answers in a hearing, and is called so without a name."""

HEARD = frozenset(
    """
    laughs laughing laughter laugh chuckles chuckling chuckle giggles giggling applause clapping
    cheers cheering crying cries sobs sobbing weeps weeping coughs coughing sighs sighing whispering
    whispers shouting shouts pause pauses silence music crosstalk cross-talk overlapping inaudible
    unintelligible indistinct noise gasps beep static bell bells
    lacht lachen gelächter heiterkeit beifall unverständlich lachend musik schweigt schweigen
    weint seufzt hustet applaus geräusch
    rires rire applaudissements silence murmures inaudible musique soupir toux
    risas ríe aplausos inaudible silencio risos inaudível silêncio pausa música ininteligible
    risate applausi incomprensibile silenzio musica gelach applaus onverstaanbaar stilte muziek
    смех смеётся смеется аплодисменты неразборчиво пауза шум оживление молчание вздыхает плачет
    сміх оплески нерозбірливо śmiech śmieje oklaski niezrozumiałe cisza milczenie smích potlesk
    nesrozumitelné ticho gülüyor kahkaha alkış anlaşılmıyor
    웃음 웃으며 박수 침묵 笑 笑い 笑う 拍手 沈黙 掌声 掌聲 笑声 笑聲 鼓掌 沉默
    ضحك يضحك تصفيق صمت צחוק צוחק צוחקת שתיקה हँसी तालियाँ मौन γέλια χειροκροτήματα หัวเราะ ปรบมือ
    """.split()
)
"""What is heard in the room, noted in brackets inside a speech: no words of the speaker."""

HEARD_HOW = frozenset(
    """
    and or of in the a an brief short long loud soft softly general from audience both all for
    und oder im der die das kurz lang lange laut im saal et ou dans la le les longue long courte
    y o en la el sala larga breve e di nel lunga i w na się sali v sále в и зале короткая длинная
    долгая общий у та і залі
    """.split()
)
"""What may stand beside it."""

LOST = (
    "inaudib*", "unintelligib*", "indistinct*", "incomprehensib*", "indecipherab*", "garbled",
    "crosstalk", "cross-talk", "cross talk", "not audible", "can't hear", "cannot hear",
    "unverständlich*", "unverstaendlich*", "unv", "unhörbar*", "nicht verständlich",
    "nicht zu verstehen", "inintelligib*", "incompréhensib*", "ininteligib*", "incomprensib*",
    "inaudív*", "ininteligív*", "onverstaanbaar", "неразборчив*", "нрзб", "не разобрать",
    "неслышно", "не слышно", "нерозбірлив*", "niezrozumiał*", "nesrozumiteln*", "anlaşılm*",
    "안 들림*", "안들림*", "들리지 않*", "알아들을 수 없*", "알아듣지 못*", "청취 불*", "청취불*",
    "불명확*", "불분명*", "聞き取れ*", "聴取不能*", "听不清*", "聽不清*",
)  # fmt: skip
"""How it is noted in brackets that words were said and not written down; "*": all that begin so."""

LOST_HOW = frozenset(
    """
    word words name names phrase sentence syllable syllables question answer section passage for
    approximately approx about ca sec secs second seconds min minutes one two three several some
    wort wörter worte name satz silbe sekunde sekunden sek minuten etwa ein eine zwei drei einige
    mot mots nom phrase syllabe syllabes secondes environ un deux trois quelques passage
    palabra palabras nombre frase segundos unos una dos tres pasaje
    слово слова слов имя фраза секунд секунды сек около одно два три несколько
    단어 이름 문장 초 약 부분 구간 함 음 음성 ph
    """.split()
)
"""What may stand beside that."""

SWORN = (
    "duly sworn", "testified as follows", "was examined and", "called as a witness",
    "vereidigt", "prêté serment", "juramentad", "приведён к присяге", "приведен к присяге",
)  # fmt: skip
"""How the record of a court says that a witness may be heard."""

CREDITS = (
    "produced by", "edited by", "hosted by", "music by", "directed by", "our theme", "theme is by",
    "thanks for listening", "produziert von", "musik von", "redaktion", "produit par",
    "réalisé par",
    "producido por", "produzido por", "prodotto da", "продюсер", "монтаж", "제작", "制作", "製作",
    "hudba", "muzyka", "müzik", "הפקה", "إنتاج",
)  # fmt: skip
"""How the last lines of a broadcast say who made it."""

SAYING = frozenset(
    """
    said says say saying asked asks ask replied replies answered answers wrote writes added adds
    told tells read reads went goes explained continued follows following quote is was are
    sagte sagt fragte fragt antwortete antwortet schrieb schreibt meinte meint erklärte lautet
    geschrieben gesagt dit disait demande demanda répondit répond écrit écrivit ajoute
    dijo dice preguntó pregunta respondió contestó escribió añadió disse diz perguntou respondeu
    escreveu chiese rispose scrisse zei zegt vroeg antwoordde schreef
    сказал сказала говорит говорил спросил спросила ответил ответила написал писал добавил
    сказав сказала запитав відповів powiedział powiedziała zapytał napisał řekl řekla dedi sordu
    말했다 말하기를 물었다 대답했다 썼다 قال قالت يقول سأل أجاب كتب אמר אמרה שאל שאלה ענה כתב
    कहा बोला पूछा लिखा είπε ρώτησε απάντησε
    dije dijimos dissi dissimo powiedziałem powiedziałam dedim قلت قلنا
    according laut selon según согласно secondo volgens
    """.split()
)
"""Words that introduce what somebody says: a line that ends with them names nobody."""

SAYING_ENDS = ("说", "說", "道", "曰", "と言った", "と言う", "말했다", "말하기를", "물었다", "했다")

NOTES = frozenset(
    """
    note notes nb n.b anmerkung anm hinweis bemerkung notiz vermerk note remarque observation
    nota notas observación advertencia observação nota_bene annotazione osservazione noot
    opmerking
    примечание замечание заметка прим примітка uwaga przypis adnotacja poznámka not
    비고 메모 주 참고 注 備考 補足 附注 备注 注释 ملاحظة ملاحظه تنويه הערה टिप्पणी नोट σημείωση
    หมายเหตุ
    """.split()
)
"""What introduces a note of whoever wrote the talk down."""

PREPOSITIONS = frozenset(
    """
    in at on of for from to with without by about after before and or but as under over
    vom im am beim zum zur auf aus bei für mit nach über unter und oder aber als wie seit
    dans en sur sous avec pour par chez sans et ou mais à au aux
    en sobre con sin para por desde hasta y o pero em com sem até e ou nel nella con per
    в на о об от до из с без для и или но
    """.split()
)
"""Words that begin no name, but a phrase: "vom Klub", "in the chair"."""

PRONOUNS = frozenset(
    """
    i i'm i’m i'll i've we we're we’re you he she it they this that there what who why how when if
    because your our my me us him them do does did have has can could would should will shall must
    not ich wir sie du er es ihr mein unser mir uns  dies wenn weil dass nicht hat haben wird
    je j'ai nous vous  elle ils elles mon notre ce c'est ceci cela si parce pas
    yo nosotros mi nuestro usted él ella ellos esto eso si porque no eu nós ele ela eles isso
    io noi lui lei loro questo ik wij we hij zij dit dat
    я мы вы он она оно они мой наш это если потому что не
    """.split()
)
"""Words of sentences, not of names."""

GIVEN = frozenset("will can do per ella elle ela du si je io eu es con wij wie hat noi".split())
"""Words of sentences that are given names, or Asian surnames, too."""

RANKS = frozenset(
    """
    deputy vice acting assistant associate temporary interim second third junior senior
    stellvertretender stellvertretende stellvertretenden amtierender amtierende adjoint adjointe
    suppléant suppléante intérimaire adjunto adjunta suplente interino interina заместитель
    исполняющий
    """.split()
)
"""Words that tell the holder of an office from whoever stands in."""

QUESTION_SIGNS = frozenset("q f p в 问 問 문 질 q1".split())
ANSWER_SIGNS = frozenset("a r о 答 답".split())
"""Letters that stand for question and answer in an examination."""

EXAMINER_SIGNS = frozenset("by par von durch por da door".split())
"""What introduces the examiner of the questions that follow."""

WEB_PAGE = _phrases(
    """
    patron|subscribe|newsletter|cookie|skip to content|skip to main|log in|login|sign in|sign up|
    share this|facebook|twitter|whatsapp|donate|give back|advertisement|click here|read more|
    all rights reserved|privacy policy|menu|home page|homepage|abonnieren|anmelden|teilen|
    startseite|
    datenschutz|partager|s'abonner|accueil|se connecter|suscríbete|compartir|inicio de sesión|
    подписаться|поделиться|главная|구독|공유|로그인|登录|订阅|分享|購読|ログイン|http://|
    https://|www.
    """
)
"""What stands on a web page around a document."""

CLOSINGS = _phrases(
    """
    transcribed by|transcript by|transcription by|transcript prepared|transcript produced|
    transcription:|transcriber|interview conducted by|recorded by|
    end of interview|end of recording|end of transcript|end of tape|end of session|end of side|
    end of meeting|end of part|end of audio|end of file|[end|the meeting ended|
    the meeting adjourned|
    the meeting was adjourned|the meeting was closed|the meeting closed|the meeting concluded|
    the meeting rose|the meeting broke up|the meeting resumed|the meeting opened|
    the meeting began|
    the meeting was called|the meeting was suspended|the meeting was convened|
    the session ended|the session was|the session closed|
    the session adjourned|the interview ended|the interview ends|the interview was|
    the recording ends|the recording ended|the tape ends|the conversation ended|the call ended|
    the committee adjourned|the committee rose|the house adjourned|the hearing was|
    the hearing adjourned|
    the hearing ended|the hearing concluded|
    the court adjourned|the sitting was|the sitting closed|the sitting ended|whereupon|thereupon|
    adjourned at|meeting adjourned|meeting closed|meeting ended|recess at|proceedings adjourned|
    proceedings concluded|the proceedings|a recess was|recess was taken|there being no further|
    question put|question agreed|motion made|adjourned accordingly|the house divided|
    resolved accordingly|fait à|geschehen zu|hecho en|fatto a|
    the witness withdrew|the witnesses withdrew|the witness was excused|the witness left|
    several hon. members rose|several honourable members rose|several members rose|
    der zeuge wird entlassen|die zeugin wird entlassen|der zeuge wurde entlassen|
    le témoin se retire|el testigo se retira|a testemunha retira-se|il testimone si ritira|
    свидетель удаляется|свидетель покидает|haastattelu päättyy|haastattelu päättyi|
    intervjun avslutas|intervjun slutar|intervjuet avsluttes|interviewet slutter|
    nagranie kończy się|nahrávka končí|rozhovor končí|
    respectfully submitted|minutes taken by|minutes by|reported by|
    ende des|ende der|ende vom|schluss der|schluß der|schluss:|die sitzung wurde|die sitzung wird|
    die sitzung endet|die sitzung ist|die sitzung schließt|sitzung geschlossen|
    das gespräch endete|
    das gespräch endet|das gespräch wurde|das treffen endete|das interview wurde|
    die besprechung endete|die besprechung wurde|die verhandlung wurde|transkribiert von|
    transkription:|protokoll:|protokolliert|das interview führte|aufgezeichnet von|abschrift:|
    la séance est levée|la séance est suspendue|la séance est ouverte|la séance est reprise|
    la séance est close|la séance, |la réunion s'est|la réunion est|la réunion a pris fin|
    la réunion prend fin|
    fin de l|fin du|fin de la|fin d'|transcrit par|transcription :|transcription réalisée|
    propos recueillis|l'entretien a pris fin|l'entretien s'est|l'audience est|
    la conversation a pris fin|
    se levanta la sesión|se levantó la sesión|se suspende|la reunión terminó|la reunión finalizó|
    la reunión concluyó|la sesión terminó|la sesión se|la entrevista terminó|fin de la|fin del|
    transcrito por|transcripción|transcripcion|
    a reunião terminou|a reunião encerrou|a reunião foi|a sessão foi|a sessão terminou|fim da|
    fim do|
    encerra-se|encerrou-se|levanta-se a sessão|transcrição|
    la seduta termina|la seduta è|la riunione è|la riunione termina|la riunione si|fine dell|
    fine della|
    trascritto da|trascrizione|einde van|de vergadering wordt|de vergadering werd|
    de vergadering is|
    getranscribeerd door|
    конец записи|конец интервью|конец заседания|конец беседы|заседание закрыто|
    заседание закрылось|заседание окончено|
    заседание закончилось|заседание завершилось|заседание объявляется|заседание прервано|
    встреча закончилась|встреча завершилась|встреча окончилась|беседа закончилась|
    беседа завершилась|
    беседу записал|запись беседы|записал|записала|расшифровка|расшифровал|стенограмм|перерыв|
    кінець|засідання закрито|зустріч завершилась|розшифровка|
    koniec|posiedzenie zamknięto|spotkanie zakończyło|transkrypcja|konec|přepis|toplantı sona|
    toplantı saat|oturum kapan|kaydın sonu|deşifre|
    회의 종료|회의가 끝|회의는|회의를 마|산회|폐회|정회|녹취|녹음 끝|인터뷰 끝|면담 종료|기록자|
    기록:|정리:|
    散会|閉会|休憩|録音終了|文字起こし|記録：|
    会议结束|会议于|会議於|散會|休会|采访结束|访谈结束|录音结束|记录整理|整理：|记录：|记录人|
    文字整理|完）|（完|
    انتهت|انتهى|رفعت الجلسة|رُفعت|اختتم|تفريغ|نهاية|סוף ה|הישיבה ננעלה|הישיבה נסגרה|
    הפגישה הסתיימה|תמלול|תמלל|
    הישיבה הסתיימה|הריאיון הסתיים|
    बैठक समाप्त|बैठक |समाप्त|लिप्यंतरण|τέλος|η συνεδρίαση|απομαγνητοφώνηση|จบการ|ถอดเทป|kết thúc|
    """
)
"""How the end or the interruption of a talk, and who wrote it down, is stated; small letters."""
