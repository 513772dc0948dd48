// Opens at the highlighted words of a link, at the first place found, or where it is said that there is none.
const first = document.querySelector("mark.va-hit[id], mark.va-found[id]");
const said = document.querySelector(".va-notice");
if (first && (!location.hash || location.hash === "#hit-1")) {
  first.scrollIntoView({ block: "center" });
  first.focus({ preventScroll: true });
} else if (said && !first) {
  said.scrollIntoView({ block: "center" });
}
