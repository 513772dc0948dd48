// Reading aloud, only with voices that need no network.

const speech = window.speechSynthesis;
let told = () => {};

/** `whenChanged` is told when reading begins or ends, and when a voice arrives. */
export function prepare(whenChanged) {
  told = whenChanged;
  if (speech) speech.onvoiceschanged = () => told();
}

export function voiceFor(language) {
  if (!speech) return null;
  return speech.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language)) || null;
}

export const isReading = () => Boolean(speech && speech.speaking);

export function stop() {
  if (speech) speech.cancel();
}

export function read(card) {
  const words = card.pieces.filter((piece) => piece.voice !== "break").map((piece) => piece.text).join("");
  const spoken = new SpeechSynthesisUtterance(`${card.speaker}: ${words}`);
  spoken.voice = voiceFor(card.lang);
  spoken.lang = card.lang;
  spoken.onend = () => told();
  speech.speak(spoken);
}
