// What stands below the question before anything was asked: examples from the collection, and what there is in it.

import { listAgencies } from "/static/api.js";
import { element } from "/static/element.js";
import { language, t } from "/static/i18n.js";

let agencies = null;

/** Loads the bodies of the collection and draws the start; a collection that cannot be read is said to be so. */
export async function loadStart(start, ask) {
  try {
    agencies = (await listAgencies()).items.filter((each) => each.years.length > 0);
    drawStart(start, ask);
  } catch (problem) {
    start.coverage.replaceChildren(element("span", { class: "problem" }, problem.message));
  }
}

/** Draws examples and coverage in the language of now; nothing before the collection is loaded. */
export function drawStart({ examples, list, coverage }, ask) {
  if (!agencies) return;
  const questions = findExamples();
  list.replaceChildren(...questions.map((text) => element("li", {}, element("button", { type: "button", class: "chip", onclick: () => ask(text) }, text))));
  examples.hidden = questions.length === 0;
  coverage.replaceChildren(...renderCoverage());
}

function renderCoverage() {
  if (agencies.length === 0) return [t("corpus_empty")];
  const years = agencies.flatMap((each) => each.years);
  const span = [...new Set([Math.min(...years), Math.max(...years)])].join("–");
  return [t("coverage", { reports: years.length, agencies: agencies.length, years: span }), " ", element("a", { href: "/corpus" }, t("coverage_link"))];
}

/** A figure, a series, a ranking and a chapter of the text: of the bodies and years that there are. */
function findExamples() {
  if (agencies.length === 0) return [];
  const byYears = [...agencies].sort((a, b) => b.years.length - a.years.length);
  const first = byYears[0];
  const second = byYears[1] ?? first;
  const latest = (each) => Math.max(...each.years);
  const counts = new Map();
  for (const year of agencies.flatMap((each) => each.years)) counts.set(year, (counts.get(year) ?? 0) + 1);
  const [commonYear, most] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  return [
    t("example", { agency: name(second), year: latest(second) }),
    first.years.length > 2 && t("example_series", { agency: name(first) }),
    most > 1 && t("example_ranking", { year: commonYear }),
    t("example_problems", { agency: name(first), year: latest(first) }),
  ].filter(Boolean);
}

function name(agency) {
  return language() === "zh" ? agency.name : agency.english || agency.name;
}
