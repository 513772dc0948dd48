// Gradio's own template sets this in an inline script.
window.__gradio_mode__ = "app";
