// Shows figures: one of them large, several as a table, derived ones with what they are made of.

import { element } from "/static/element.js";
import { findWords, language, t } from "/static/i18n.js";
import { labelOf, unitOf } from "/static/labels.js";

/** Text of a document or of the collection; what is Chinese in it is marked so where the interface is not. */
export function said(text, properties = {}) {
  const parts = language() === "zh" ? [text] : text.split(/(\p{Script=Han}[\p{Script=Han}\p{P}\d]*)/u);
  return element("span", properties, parts.map((part, index) => (index % 2 === 1 ? element("span", { lang: "zh-CN" }, part) : part)));
}

/** The button that opens a citation. */
export function renderReference(citation, open) {
  return element(
    "button",
    { type: "button", class: "reference", "data-citation": citation.id, "aria-expanded": "false", "aria-label": t("open_source", { id: citation.id }), onclick: () => open(citation) },
    String(citation.id),
  );
}

/** The buttons of all citations of a figure or an operand. */
export function renderReferences(answer, figure, open) {
  return answer.citations.filter((each) => figure.citations.includes(each.id)).map((each) => renderReference(each, open));
}

/** The type of applicants in words; null where there is none, and for all of them together. */
export function applicant(figure) {
  return figure.applicant && figure.applicant !== "total" ? (findWords(figure.applicant) ?? figure.applicant) : null;
}

/** One figure, large. Without a value the reason is shown in words, never a zero. */
export function renderCard(answer, figure, open) {
  const about = [figure.year, labelOf(figure), applicant(figure)].filter(Boolean).join(" · ");
  return element(
    "div",
    { class: "figure" },
    element("p", { class: "figure-about" }, figure.agency_name && [said(figure.agency_name, { class: "agency" }), " · "], said(about)),
    element("p", { class: figure.missing ? "figure-value missing" : "figure-value" }, renderValue(figure)),
    element("p", { class: "figure-origin" }, t(figure.origin === "derived" ? "derived" : `from_${figure.origin}`), " ", renderReferences(answer, figure, open)),
    figure.origin === "derived" && renderWorkings(answer, figure, open),
  );
}

/** The value with its unit; digits in groups that are drawn, not written, so that a copy has the exact characters. */
export function renderValue(figure) {
  if (figure.missing) return [element("span", { class: "in-words" }, t(figure.missing))];
  const [, sign, whole, rest] = /^([+-]?)(\d+)(.*)$/.exec(figure.value) ?? [null, "", "", figure.value];
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, " ").split(" ");
  const qualifier = figure.exactness && t(figure.exactness);
  return [
    qualifier && element("span", { class: "qualifier" }, `${qualifier} `),
    element("span", { class: "digits" }, sign, groups.map((group) => element("span", { class: "group" }, group)), rest),
    figure.unit && element("span", { class: "unit" }, " ", said(unitOf(figure))),
  ];
}

/** How a derived figure was computed: the formula, and each figure in it with its source. */
export function renderWorkings(answer, figure, open) {
  return element(
    "div",
    { class: "workings" },
    figure.formula && element("p", { class: "figure-formula" }, `${t("formula")}: `, element("code", {}, figure.formula)),
    figure.operands.length > 0 &&
      element(
        "ul",
        { "aria-label": t("operands") },
        figure.operands.map((each) => element("li", {}, said([each.agency_name, each.year, labelOf(each), applicant(each)].filter(Boolean).join(" · ")), ": ", element("strong", {}, renderValue(each)), " ", renderReferences(answer, each, open))),
      ),
  );
}

/** What a figure is of: two figures of one thing are two statements of it, not two things. */
export function thingOf(figure) {
  return JSON.stringify([figure.agency ?? figure.agency_name, figure.year, figure.indicator ?? figure.label, applicant(figure)]);
}

/** Whether all the figures are statements of one thing, which do not agree. */
export function areOneThing(figures) {
  return figures.length > 1 && figures.every((figure) => figure.origin !== "derived" && thingOf(figure) === thingOf(figures[0]));
}

/** Figures of one thing side by side, each as large as the other. */
export function renderBeside(answer, open) {
  return element("div", { class: "beside" }, answer.figures.map((figure) => renderCard(answer, figure, open)));
}

const COLUMNS = [
  ["agency", (figure) => figure.agency_name],
  ["year", (figure) => figure.year],
  ["indicator", (figure) => [labelOf(figure), applicant(figure)].filter(Boolean).join(" · ")],
];
const ORIGIN = ["origin", (figure) => t(figure.origin === "derived" ? "derived" : `from_${figure.origin}`)];

/** The figure that the question asked for: the only one, or the one sum or share of several; null where they are equal. */
export function mainFigure({ kind, figures }) {
  const derived = figures.filter((figure) => figure.origin === "derived");
  if (figures.length === 1) return figures[0];
  return ["aggregate", "share"].includes(kind) && derived.length === 1 ? derived[0] : null;
}

/** Figures as a table. What all rows have in common stands above it; derived ones follow with their workings. */
export function renderFigureTable(answer, open) {
  const others = answer.figures.filter((figure) => figure !== mainFigure(answer));
  const printed = others.filter((figure) => figure.origin !== "derived");
  const rows = printed.length > 1 ? printed : others;
  const derived = others.filter((figure) => !rows.includes(figure));
  return [rows.length > 0 && renderRows(answer, rows, open), derived.map((figure) => renderDerived(answer, figure, open))];
}

function renderRows(answer, figures, open) {
  const texts = (read) => new Set(figures.map((figure) => String(read(figure) ?? "")));
  const varying = COLUMNS.filter(([, read]) => texts(read).size > 1);
  const common = COLUMNS.filter(([, read]) => texts(read).size === 1).map(([, read]) => read(figures[0])).filter(Boolean);
  const isMixed = texts((figure) => figure.origin).size > 1;
  const columns = [...(varying.length > 0 ? varying : [COLUMNS[2]]), ...(isMixed ? [ORIGIN] : [])];
  const head = (key, name) => element("th", { scope: "col", class: name }, t(key));
  return element(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": common.length > 0 ? common.join(" · ") : t("figures") },
    element(
      "table",
      { class: "figures" },
      common.length > 0 && element("caption", {}, said(common.join(" · "))),
      element("thead", {}, element("tr", {}, columns.map(([key]) => head(key)), head("figures", "number"), head("sources"))),
      element("tbody", {}, figures.map((figure) => renderRow(answer, figure, columns, open))),
    ),
  );
}

function renderRow(answer, figure, columns, open) {
  const cells = columns.map(([key, read], index) => element(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, class: key === "year" ? "short" : null }, said(String(read(figure) ?? ""))));
  return element(
    "tr",
    {},
    cells,
    element("td", { class: figure.missing ? "value missing" : "value" }, renderValue(figure), figure.formula && element("code", { class: "formula" }, figure.formula)),
    element("td", {}, renderReferences(answer, figure, open)),
  );
}

function renderDerived(answer, figure, open) {
  const about = [figure.agency_name, figure.year, labelOf(figure)].filter(Boolean).join(" · ");
  return element(
    "div",
    { class: "derived" },
    element("p", {}, said(about), ": ", element("strong", {}, renderValue(figure)), " ", element("span", { class: "quiet small" }, t("derived"))),
    renderWorkings(answer, figure, open),
  );
}
