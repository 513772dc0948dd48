// The terminal's own keyboard: letters by language, Korean syllables put together as they are typed.

const ROWS = {
  en: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
  de: ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß"],
  ru: ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
  ko: ["ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"],
};
const DIGITS = "1234567890";
const SIGNS = "?,.-’";
const DOUBLED = { "ㅂ": "ㅃ", "ㅈ": "ㅉ", "ㄷ": "ㄸ", "ㄱ": "ㄲ", "ㅅ": "ㅆ", "ㅐ": "ㅒ", "ㅔ": "ㅖ" };

const FIRST = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const LAST = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
const JOINED = {
  "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
  "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
  "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
};
const SPLIT = Object.fromEntries(Object.entries(JOINED).map(([pair, one]) => [one, pair]));
const SYLLABLES = 0xac00;

const syllable = (first, vowel, last) =>
  String.fromCodePoint(SYLLABLES + (FIRST.indexOf(first) * 21 + VOWELS.indexOf(vowel)) * 28 + LAST.indexOf(last));

function parts(char) {
  const code = char ? char.codePointAt(0) - SYLLABLES : -1;
  if (code < 0 || code >= 19 * 21 * 28) return null;
  return { first: FIRST[Math.floor(code / 588)], vowel: VOWELS[Math.floor((code % 588) / 28)], last: LAST[code % 28] };
}

/** `text` with the Korean letter `jamo` added to it, joined to the last syllable where it can be. */
export function compose(text, jamo) {
  const before = [...text];
  const tail = before.pop() || "";
  const head = before.join("");
  const whole = parts(tail);
  if (VOWELS.includes(jamo)) {
    if (FIRST.includes(tail)) return head + syllable(tail, jamo, "");
    if (VOWELS.includes(tail) && JOINED[tail + jamo]) return head + JOINED[tail + jamo];
    if (whole && !whole.last && JOINED[whole.vowel + jamo]) {
      return head + syllable(whole.first, JOINED[whole.vowel + jamo], "");
    }
    if (whole && whole.last) {
      // The last consonant belongs to the syllable this vowel begins.
      const pair = SPLIT[whole.last] || whole.last;
      const stays = SPLIT[whole.last] ? pair[0] : "";
      return head + syllable(whole.first, whole.vowel, stays) + syllable(pair[pair.length - 1], jamo, "");
    }
    return text + jamo;
  }
  if (whole && !whole.last && LAST.includes(jamo)) return head + syllable(whole.first, whole.vowel, jamo);
  if (whole && JOINED[whole.last + jamo]) return head + syllable(whole.first, whole.vowel, JOINED[whole.last + jamo]);
  return text + jamo;
}

/** `text` without what the last key added. */
export function takeBack(text) {
  const before = [...text];
  const tail = before.pop() || "";
  const head = before.join("");
  const whole = parts(tail);
  if (!whole) return head;
  if (whole.last) return head + syllable(whole.first, whole.vowel, SPLIT[whole.last] ? SPLIT[whole.last][0] : "");
  if (SPLIT[whole.vowel]) return head + syllable(whole.first, SPLIT[whole.vowel][0], "");
  return head + whole.first;
}

/** Draw the keys into `box`. `press(kind, char)` is told what was touched. */
export function draw(box, { language, latin, capitals, words, press }) {
  const layout = ROWS[latin ? "en" : language] || ROWS.en;
  const korean = layout === ROWS.ko;
  const shown = (char) => {
    if (!capitals) return char;
    if (korean) return DOUBLED[char] || char;
    return char === "ß" ? char : char.toUpperCase();
  };
  const key = (label, kind, char, style = "") => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = style;
    button.addEventListener("click", () => press(kind, char));
    return button;
  };
  const row = (...keys) => {
    const line = document.createElement("div");
    line.append(...keys);
    return line;
  };
  const letters = (chars) => [...chars].map((char) => key(shown(char), "letter", shown(char)));
  const shift = key("⇧", "shift", "");
  shift.setAttribute("aria-label", words("Capital letters"));
  shift.setAttribute("aria-pressed", String(capitals));
  const remove = key("⌫", "delete", "");
  remove.setAttribute("aria-label", words("Delete"));
  const last = [];
  if (language !== "en" && ROWS[language]) {
    const other = key(latin ? [...ROWS[language][0]].slice(0, 3).join("") : "abc", "alphabet", "", "wide");
    other.setAttribute("aria-label", words("Other alphabet"));
    last.push(other);
  }
  const space = key("␣", "letter", " ", "space");
  space.setAttribute("aria-label", words("Space"));
  last.push(space, key(words("Ask"), "ask", "", "wide primary"));
  const rows = [
    row(...letters(layout[0])),
    row(...letters(layout[1])),
    row(shift, ...letters(layout[2]), remove),
    row(...last.slice(0, -2), ...[...SIGNS].map((char) => key(char, "letter", char)), ...last.slice(-2)),
  ];
  box.replaceChildren(row(...[...DIGITS].map((char) => key(char, "letter", char))), ...rows);
}
