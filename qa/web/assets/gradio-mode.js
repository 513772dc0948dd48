// Gradio's own template sets this in an inline script.
window.__gradio_mode__ = "app";

// Gradio shows a refused question as "Error"; the chat says the server's sentence instead.
const fetchFromServer = window.fetch;
window.fetch = async (...request) => {
  let response;
  try { response = await fetchFromServer(...request); }
  catch (error) {
    if (String(request[0]).includes("/gradio_api/queue/")) dispatchEvent(new Event("va-unreachable"));
    throw error;
  }
  if (!response.ok && response.url.includes("/gradio_api/queue/join")) {
    const detail = response.status === 503
      ? "Many people are asking just now. Please try again in a moment."
      : (await response.clone().json().catch(() => ({}))).error;
    dispatchEvent(new CustomEvent("va-refused", { detail }));
  }
  return response;
};
