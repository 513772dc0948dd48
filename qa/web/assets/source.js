// Opens at the highlighted words of a link, or at the first place found.
const first = document.querySelector("mark.va-hit[id], mark.va-found[id]");
if (first && (!location.hash || location.hash === "#hit-1")) {
  first.scrollIntoView({ block: "center" });
  first.focus({ preventScroll: true });
}
