// Where a quote stands, as its address says: #c=document:start-end@version.

const PLACE = /^#c=([^:#]{1,900}):(\d{1,9})-(\d{1,9})(?:@([0-9a-f]{12}))?$/;

export function placeOf(hash) {
  const found = PLACE.exec(hash || "");
  if (!found) return null;
  let document;
  try { document = decodeURIComponent(found[1]); } catch { return null; }
  return { document, start: Number(found[2]), end: Number(found[3]), version: found[4] || "" };
}

export function hashOf(place) {
  const pinned = place.version ? `@${place.version}` : "";
  return `#c=${encodeURIComponent(place.document)}:${place.start}-${place.end}${pinned}`;
}

export function samePlace(a, b) {
  return a.document === b.document && a.start === b.start && a.end === b.end;
}

export function inWords(place) {
  return `${place.start}-${place.end}`;
}
