// The page of the collection: bodies down, years across.

import { request } from "/static/api.js";
import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { t } from "/static/i18n.js";
import { fillSelect, restoreFilters, setTitle, startList } from "/static/staff-list.js";

const form = document.getElementById("filters");
const body = document.getElementById("list");
let years = [];

function show(node, items, page, isFirst) {
  if (items.length === 0) return;
  const columns = form.elements.year.value ? [Number(form.elements.year.value)] : page.years;
  if (isFirst) node.append(element("p", { class: "small quiet" }, t("corpus_legend")), renderFrame(columns));
  node.querySelector("tbody").append(...items.map((row) => renderRow(row, columns)));
}

function renderFrame(columns) {
  const head = element("tr", {}, element("th", { scope: "col", class: "stick" }, t("agency")), columns.map((year) => element("th", { scope: "col", class: "year" }, String(year))));
  return element(
    "div",
    { class: "table-frame flat", tabindex: "0", role: "region", "aria-label": t("grid_label") },
    element("table", { class: "list grid" }, element("thead", {}, head), element("tbody", {})),
  );
}

function renderRow(row, columns) {
  const name = [element("span", { lang: "zh-CN" }, row.agency_name), row.region.length > 0 && element("span", { class: "region", lang: "zh-CN" }, row.region.join(" "))];
  return element("tr", {}, element("th", { scope: "row", class: "stick" }, name), columns.map((year) => renderCell(row, year)));
}

function renderCell(row, year) {
  const report = row.reports.find((each) => each.year === year);
  if (!report) return element("td", { class: "none" }, element("span", { "aria-hidden": "true" }, "·"), element("span", { class: "only-read" }, t("no_report")));
  const edition = report.edition ?? t("edition_short_none");
  const label = t("cell_label", {
    agency: row.agency_name,
    year,
    form: t(report.edition ? `edition_${report.edition}` : "edition_none"),
    figures: report.figures,
    problems: report.problems,
  });
  return element(
    "td",
    {},
    element(
      "a",
      { href: `/reports/${encodeURIComponent(report.id)}`, class: "report-cell", "aria-label": label },
      element("span", { class: "edition" }, edition),
      " ",
      element("span", { class: "amount" }, String(report.figures)),
      report.problems > 0 && [" ", element("span", { class: "remarks" }, `▲${report.problems}`)],
    ),
  );
}

function count(page, shown) {
  const all = t("corpus_count", { agencies: page.agencies, reports: page.reports });
  return shown < page.agencies ? all + t("corpus_shown", { shown }) : all;
}

const fill = () => fillSelect(form.elements.year, years.map((year) => [String(year), String(year)]));

setTitle("corpus");
onLanguage(fill);
try {
  ({ years } = await request("/v1/corpus?limit=1"));
} catch {
  // The list below says what is wrong.
}
fill();
restoreFilters(form);
startList({ path: "/v1/corpus", limit: 50, form, body, counter: document.getElementById("count"), show, count, none: years.length > 0 ? "corpus_none" : "corpus_empty" });
