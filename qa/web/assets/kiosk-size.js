// Type and targets in millimetres of this screen.

const CAPITAL_DEGREES = 0.7; // least height of a capital in the eye: EN 301 549, 5.1.4
// Capitals of the text faces in use are 0.66 to 0.73 em high; the smallest decides.
const CAPITAL_SHARE = 0.66;
const LARGER = 1.3;

/** Set the page's units from the screen's diagonal and the distance of the eyes, in millimetres. */
export function setSizes(diagonal, distance, larger) {
  const millimetre = Math.hypot(screen.width, screen.height) / diagonal;
  const capital = 2 * distance * Math.tan((CAPITAL_DEGREES / 2) * (Math.PI / 180));
  const style = document.documentElement.style;
  document.documentElement.classList.toggle("larger", larger);
  style.setProperty("--mm", `${millimetre}px`);
  style.fontSize = `${(capital / CAPITAL_SHARE) * millimetre * (larger ? LARGER : 1)}px`;
}
