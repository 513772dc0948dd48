// The page's own words in its language; the English sentences are the keys.

const said = JSON.parse(document.getElementById("va-words").textContent);

export const words = (sentence) => said[sentence] || sentence;
