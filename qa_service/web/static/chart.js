// Draws several figures of an answer. The picture comes from the service and holds what its address says.

import { element } from "/static/element.js";
import { applicant, thingOf } from "/static/figure.js";
import { t } from "/static/i18n.js";
import { labelOf, unitOf } from "/static/labels.js";

const WIDTHS = [880, 736, 640, 520, 420, 340, 320, 300, 280];
const MOST_BARS = 40;
const MOST_POINTS = 120;
const MOST_LINES = 8;
const LONGEST_TEXT = 80;

/** The chart of an answer with its caption; null where its figures are too few, too many or of different units. */
export function renderChart(answer) {
  const chart = findChart(answer.figures);
  if (!chart) return null;
  const width = findWidth();
  const height = chart.kind === "line" ? 300 + (chart.lines > 1 ? 24 * chart.lines : 0) : 60 + 50 * chart.points.length;
  const query = new URLSearchParams({ kind: chart.kind, points: JSON.stringify(chart.points), title: chart.title, width, height });
  const picture = element("img", { src: `/chart.svg?${query}`, width, height, alt: t(`chart_${chart.kind}`, { title: chart.title }), decoding: "async" });
  const note = element("figcaption", {}, t("chart_note"));
  const figure = element("figure", { class: "chart" }, picture, chart.isOpen && note);
  picture.addEventListener("error", () => figure.replaceChildren(element("p", { class: "quiet small" }, t("chart_failed"))));
  return figure;
}

/** What there is to draw in the figures: {kind, points, title, lines, isOpen}, or null. */
export function findChart(figures) {
  const drawn = largestGroup(figures);
  const valued = drawn.filter((figure) => !figure.missing);
  if (valued.length < 2 || valued.some((figure) => !/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(figure.value))) return null;
  if (drawn.some((figure) => !Number.isInteger(figure.year)) || distinct(drawn, thingOf).length < drawn.length) return null;
  return findLines(drawn) ?? findBars(drawn);
}

/** The figures of the most frequent unit: those that were printed, where there are several, otherwise the derived. */
function largestGroup(figures) {
  const ofTables = figures.filter((figure) => figure.origin === "table").map(thingOf);
  // Where text and table say different things of one thing, the chart has what the table says; the page says both.
  const printed = figures.filter((figure) => figure.origin === "table" || (figure.origin === "text" && !ofTables.includes(thingOf(figure))));
  const pool = printed.length > 1 ? printed : figures;
  const groups = distinct(pool, (figure) => figure.unit).map((unit) => pool.filter((figure) => figure.unit === unit));
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

function findLines(figures) {
  const years = distinct(figures, (figure) => figure.year);
  if (years.length < 3 || figures.length > MOST_POINTS) return null;
  // The same thing may be called otherwise in another year's form: the label tells lines apart only where it must.
  for (const parts of [[agency, applicant], [agency, applicant, label]]) {
    const varying = parts.filter((part) => distinct(figures, part).length > 1);
    const name = (figure) => cut(varying.map((part) => part(figure)).filter(Boolean).join(" · ") || agency(figure));
    const lines = distinct(figures, name).length;
    if (distinct(figures, (figure) => `${name(figure)} ${figure.year}`).length < figures.length || lines > MOST_LINES) continue;
    // Single points are no lines.
    if (figures.length < 2 * lines) return null;
    const points = figures.map((figure) => [name(figure), figure.year, cut(figure.indicator ?? figure.label), figure.value, words(figure, true)]);
    return { kind: "line", points, title: titleOf(figures, lines > 1 ? parts : []), lines, isOpen: isOpen(points) };
  }
  return null;
}

function findBars(figures) {
  if (figures.length > MOST_BARS) return null;
  const parts = [agency, (figure) => figure.year, label, applicantOrAll];
  const varying = parts.filter((part) => distinct(figures, part).length > 1);
  const name = (figure) => cut(varying.map((part) => part(figure)).filter(Boolean).join(" · ") || label(figure));
  const points = figures.map((figure) => [name(figure), figure.year, "", figure.value, words(figure, false)]);
  return { kind: "bars", points, title: titleOf(figures, varying), lines: 1, isOpen: false };
}

/** What all figures have in common, and their unit. */
function titleOf(figures, varying) {
  const labels = distinct(figures, label);
  const shared = [agency, applicant].filter((part) => !varying.includes(part) && distinct(figures, part).length === 1).map((part) => part(figures[0]));
  const unit = figures[0].unit ? t("in_unit", { unit: unitOf(figures[0]) }) : "";
  return cut([...shared, labels.length <= 2 ? labels.join(" / ") : ""].filter(Boolean).join(" · ")) + unit;
}

function isOpen(points) {
  const years = [...new Set(points.map(([, year]) => year))].sort();
  const parts = new Set(points.map(([, , part]) => part));
  return parts.size > 1 || points.some(([, , , value]) => value === null) || years.at(-1) - years[0] >= years.length;
}

function words(figure, isShort) {
  if (figure.missing) return cut(t(isShort ? `missing_short_${figure.missing}` : figure.missing));
  return figure.exactness === "exact" ? "" : cut(t(figure.exactness));
}

const agency = (figure) => figure.agency_name ?? "";
const label = labelOf;
const applicantOrAll = (figure) => applicant(figure) ?? (figure.applicant ? t("total") : "");
const cut = (text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text);
const distinct = (figures, read) => [...new Set(figures.map(read))];

/** The widest picture that fits: it is shown at its own size, so that its text is as large as that around it. */
function findWidth() {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const room = (document.documentElement.clientWidth - 32 * rem) / rem - (document.documentElement.clientWidth < 700 ? 36 : 60);
  return WIDTHS.find((width) => width <= room) ?? WIDTHS.at(-1);
}
