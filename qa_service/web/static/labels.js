// English names beside the official Chinese ones: of indicators, from the catalogue of the service, and of units.

import { request } from "/static/api.js";
import { findWords, language } from "/static/i18n.js";

let names = new Map();
let loading = null;

/** Loads the names where the interface is English; `redraw` is called once they are there. Without them Chinese stands. */
export function loadLabels(redraw) {
  if (language() !== "en" || loading) return;
  loading = request("/v1/indicators?limit=1000").then(
    ({ items }) => {
      names = new Map(items.map((each) => [each.id, each.en]));
      redraw();
    },
    () => (loading = null),
  );
}

/** What a figure counts: the printed label, in the English interface after its English name. */
export function labelOf(figure) {
  const name = language() === "en" && figure.origin !== "derived" ? names.get(figure.indicator) : null;
  return name && name !== figure.label ? `${name} (${figure.label})` : (figure.label ?? "");
}

/** The unit, in the English interface with a word for it where there is one. */
export function unitOf(figure) {
  const words = language() === "en" && figure.unit ? findWords(`unit_${figure.unit}`) : null;
  return words ? `${words} (${figure.unit})` : figure.unit;
}
