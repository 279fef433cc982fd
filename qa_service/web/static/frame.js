// The bar of every page: language, large type, and the page one is on.
//
// In the head of a page, in this order, so that nothing is painted in the wrong language or size: the module that adds
// the page's words (addWords) and this one, both with blocking="render"; then the page's own module without it.

import { switchLanguage, switchLabel, translate } from "/static/i18n.js";

const STORED = "wenbao.type";
const listeners = [];

/** Calls `redraw` whenever the interface language has changed, after the words of the page itself are replaced. */
export function onLanguage(redraw) {
  listeners.push(redraw);
}

const languageButton = document.getElementById("language");
const typeButton = document.getElementById("large-type");

function showLanguage() {
  [languageButton.textContent, languageButton.lang] = switchLabel();
  translate();
}

function showType(isLarge) {
  if (isLarge) document.documentElement.dataset.type = "large";
  else delete document.documentElement.dataset.type;
  typeButton.setAttribute("aria-pressed", String(isLarge));
}

function readType() {
  try {
    return localStorage.getItem(STORED) === "large";
  } catch {
    return false; // storage may be switched off
  }
}

languageButton.addEventListener("click", () => {
  switchLanguage();
  showLanguage();
  for (const redraw of listeners) redraw();
});
typeButton.addEventListener("click", () => {
  const isLarge = !("type" in document.documentElement.dataset);
  showType(isLarge);
  try {
    localStorage.setItem(STORED, isLarge ? "large" : "normal");
  } catch {
    // Then it holds for this page only.
  }
});
for (const link of document.querySelectorAll(".top nav a")) {
  if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
}
showType(readType());
showLanguage();
