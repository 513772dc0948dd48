// What the terminal asks its server; a server that fails or stays silent is told apart from an answer.

const TIMEOUT = 8000;
const HEALTH_TIMEOUT = 2000;

/** The status and content of the answer, or null where the server is not there or not well. */
export async function ask(address, sent) {
  const options = { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) };
  if (sent) {
    options.method = "POST";
    options.headers = { "content-type": "application/json" };
    options.body = JSON.stringify(sent);
  }
  try {
    const response = await fetch(address, options);
    // Many people are asking: the server is well, and says when to come again.
    if (response.status === 503 && response.headers.get("retry-after")) return { status: 429 };
    if (response.status >= 500 || response.status === 404) return null;
    const isObject = response.headers.get("content-type").includes("json");
    return { status: response.status, content: isObject ? await response.json() : await response.text() };
  } catch {
    return null;
  }
}

export async function isWell() {
  try {
    const signal = AbortSignal.timeout(HEALTH_TIMEOUT);
    return (await fetch("/healthz", { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}
