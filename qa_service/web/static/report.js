// The page of one report: what was read from its file, how it was checked, and its pages as printed.

import "/static/words-evidence.js";
import { findReport } from "/static/api.js";
import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { language, t } from "/static/i18n.js";
import { renderPage } from "/static/page-view.js";
import { findHeads, renderTable, showMarked } from "/static/table.js";

const main = document.getElementById("main");
const body = document.getElementById("report");
const id = decodeURIComponent(location.pathname.split("/").at(-1));
const EVALUATED = ["holds", "holds_if_blank_is_zero", "fails"];

let report = null;

/** The cell that the address names: "#cell-t1-5-2" is ["t1", 5, 2]; null for anything else. */
function citedCell() {
  const found = /^#cell-(.+)-(\d+)-(\d+)$/.exec(decodeURIComponent(location.hash));
  return found ? [found[1], Number(found[2]), Number(found[3])] : null;
}

function render() {
  const cited = citedCell();
  const failing = report.checks.filter((check) => check.status === "fails");
  document.title = `${report.title} · 问报 Wenbao`;
  const sections = [renderProblems(), renderChecks(failing), renderTables(cited, failing), renderText(), renderOriginal()].filter(Boolean);
  body.replaceChildren(
    ...[
      element("h1", { lang: "zh-CN" }, report.title),
      !report.is_current && element("p", { class: "notice" }, t("superseded")),
      renderFacts(),
      renderContents(sections),
      ...sections,
    ].filter(Boolean),
  );
  main.setAttribute("aria-busy", "false");
  showPlace();
}

function renderFacts() {
  const facts = [
    ["agency", element("span", { lang: "zh-CN" }, report.agency_name)],
    ["year", String(report.year)],
    ["form", t(report.edition ? `edition_${report.edition}` : "edition_none")],
    ["figures", String(report.figures)],
    ["file", report.file],
  ];
  const figures = `/v1/figures?report=${encodeURIComponent(report.id)}`;
  return element(
    "div",
    { class: "panel facts" },
    element("dl", { class: "place" }, facts.map(([name, value]) => element("div", {}, element("dt", {}, t(name)), element("dd", {}, value)))),
    element(
      "p",
      { class: "actions" },
      report.is_current && [
        element("a", { class: "button second", href: `${figures}&format=csv&bom=1` }, t("download_csv")),
        " ",
        element("a", { class: "button second", href: `${figures}&limit=1000` }, t("download_json")),
        " ",
      ],
      report.original && element("a", { class: "button second", href: `/v1/reports/${encodeURIComponent(report.id)}/file`, download: true }, t("original_download")),
    ),
    report.revisions.length > 1 && renderRevisions(),
  );
}

function renderRevisions() {
  return element(
    "div",
    {},
    element("p", { class: "small quiet" }, t("revisions")),
    element(
      "ul",
      { class: "plain-list" },
      report.revisions.map((each) =>
        element(
          "li",
          {},
          element("a", { href: `/reports/${encodeURIComponent(each.id)}`, "aria-current": each.id === report.id ? "page" : null }, t("revision_n", { n: each.revision })),
          ` ${each.file} `,
          element("span", { class: each.is_current ? "tag good" : "tag" }, t(each.is_current ? "revision_current" : "unused")),
        ),
      ),
    ),
  );
}

function renderContents(sections) {
  return element(
    "nav",
    { class: "contents", "aria-label": t("contents") },
    element("ul", { class: "chips" }, sections.map((section) => element("li", {}, element("a", { class: "chip", href: `#${section.id}` }, section.querySelector("h2").textContent)))),
  );
}

function renderProblems() {
  return element(
    "section",
    { id: "problems" },
    element("h2", {}, t("problems")),
    report.problems.length === 0
      ? element("p", { class: "quiet" }, t("no_problems"))
      : element(
          "ul",
          { class: "problems" },
          report.problems.map((problem) => element("li", { class: problem.severity }, language() === "zh" ? problem.message_zh || problem.message : problem.message)),
        ),
  );
}

function renderChecks(failing) {
  const evaluated = report.checks.filter((check) => EVALUATED.includes(check.status));
  const words = evaluated.length === 0 ? t("checks_none") : failing.length === 0 ? t("checks_fine") : t("checks_failed", { count: failing.length });
  return element(
    "section",
    { id: "checks" },
    element("h2", {}, t("checks")),
    element("p", { class: failing.length > 0 ? "" : "quiet" }, words),
    failing.length > 0 && element("ul", { class: "problems" }, failing.map(renderCheck)),
    report.conflicts.map(renderConflict),
    evaluated.length > 0 && renderAllChecks(evaluated),
  );
}

const ruleName = (check) => [language() === "zh" ? check.name_zh : check.name, check.instance].filter(Boolean).join(" · ");

function renderCheck(check) {
  const line = t("check_line", { rule: ruleName(check), left: check.left ?? "?", right: check.right ?? "?" });
  return element(
    "li",
    { class: check.severity },
    line,
    check.remark && ` (${check.remark})`,
    element(
      "span",
      { class: "cells" },
      check.cells.map(([table, row, column]) => [" ", element("a", { href: `#cell-${table}-${row}-${column}`, "aria-label": t("cell_n", { row: row + 1, column: column + 1 }) }, cellText(table, row, column))]),
    ),
  );
}

function cellText(id, row, column) {
  const cell = report.tables.find((table) => table.id === id)?.cells.find((each) => each.row === row && each.column === column);
  return cell?.text.trim() || t("printed_blank");
}

/** A figure of the text that is not the table's: both stand, each leads to its place. */
function renderConflict(conflict) {
  const value = (figure) => (figure.missing ? t(figure.missing) : `${figure.exactness === "exact" ? "" : t(figure.exactness)}${figure.value} ${figure.unit ?? ""}`);
  const link = (figure) => figure.citation.link.slice(figure.citation.link.indexOf("#"));
  const side = (words, figures) =>
    element(
      "li",
      {},
      element("span", { class: "side" }, t(words)),
      figures.map((figure) => element("a", { class: "side-value", href: link(figure) }, value(figure))),
    );
  return element(
    "div",
    { class: "conflicts" },
    element("h3", {}, t("conflict_line", { label: conflict.text.label })),
    element("ul", {}, side("in_text", [conflict.text]), side("in_table", conflict.cells)),
  );
}

function renderAllChecks(evaluated) {
  const head = (key) => element("th", { scope: "col" }, t(key));
  const details = element("details", { class: "all-checks" }, element("summary", {}, t("checks_all", { count: evaluated.length })));
  const fill = () =>
    element(
      "div",
      { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("checks") },
      element(
        "table",
        { class: "list" },
        element("thead", {}, element("tr", {}, head("check_rule"), head("check_left"), head("check_right"), head("check_outcome"))),
        element(
          "tbody",
          {},
          evaluated.map((check) =>
            element(
              "tr",
              {},
              element("th", { scope: "row" }, ruleName(check)),
              element("td", { class: "number" }, check.left ?? "–"),
              element("td", { class: "number" }, check.right ?? "–"),
              element("td", {}, element("span", { class: check.status === "fails" ? "tag bad" : "tag good" }, t(`status_${check.status}`))),
            ),
          ),
        ),
      ),
    );
  details.addEventListener("toggle", () => details.open && details.children.length === 1 && details.append(fill()));
  return details;
}

function renderTables(cited, failing) {
  if (report.tables.length === 0) return null;
  return element(
    "section",
    { id: "tables" },
    element("h2", {}, t("tables")),
    report.tables.map((table) => {
      const mine = cited?.[0] === table.id ? cited : null;
      return element(
        "div",
        { class: "whole-table", id: `table-${table.id}` },
        element("h3", {}, t("table_n", { id: table.id.replace(/^t/, "") })),
        renderTable(table, {
          marked: mine ? [[mine[1], mine[2]]] : [],
          failing: failing.flatMap((check) => check.cells.filter(([name]) => name === table.id).map(([, row, column]) => [row, column])),
        }),
        report.pages && table.page && renderPageOf(table, mine),
      );
    }),
  );
}

/** A button that shows the page of a table below it, with the cited cell framed. */
function renderPageOf(table, cited) {
  const cell = cited && table.cells.find((each) => each.row <= cited[1] && cited[1] < each.row + each.row_span && each.column <= cited[2] && cited[2] < each.column + each.column_span);
  const place = cell?.place.page ? cell.place : { page: table.page, bbox: null };
  const heads = cell ? findHeads(table, cited[1], cited[2]).map((each) => each.place).filter((head) => head.bbox && head.page === place.page).map((head) => head.bbox) : [];
  const holder = element("div", {});
  const button = element("button", { type: "button", class: "plain", "aria-expanded": "false" }, t("see_page"));
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    button.textContent = t(isOpen ? "see_page" : "hide_page");
    holder.replaceChildren();
    if (!isOpen) showPage(holder, { page: place.page, bbox: place.bbox, heads, text: cell?.text ?? "" });
  });
  return [button, holder];
}

async function showPage(holder, what) {
  holder.replaceChildren(element("p", { class: "quiet waiting-page", role: "status" }, t("page_drawing")));
  try {
    holder.replaceChildren(await renderPage(report.id, what));
  } catch (problem) {
    holder.replaceChildren(element("p", { class: "notice", role: "alert" }, problem.message));
  }
}

function renderText() {
  const sections = report.sections.map((section) => [
    section.path.length > 0 && element(`h${Math.min(section.path.length + 2, 6)}`, {}, section.path.at(-1)),
    section.paragraphs.map((paragraph) => element("p", { id: paragraph.place.block === null ? null : `block-${paragraph.place.block}` }, paragraph.text)),
  ]);
  return element("section", { id: "text" }, element("h2", {}, t("text")), element("div", { class: "prose", lang: "zh-CN" }, sections));
}

function renderOriginal() {
  const isLost = !report.original && ["pdf", "image"].includes(report.format);
  if (!report.pages && !isLost) return null;
  const holder = element("div", {});
  const browse = element("button", { type: "button", class: "button second", onclick: () => showPage(holder, { page: 1 }) }, t("original_browse"));
  return element("section", { id: "original" }, element("h2", {}, t("original")), isLost ? element("p", { class: "notice" }, t("original_none")) : [element("p", {}, browse), holder]);
}

/** Brings the place that the address names into view. */
function showPlace() {
  const cited = main.querySelector(".cited");
  if (cited) showMarked(cited.closest(".table-frame"));
  const named = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const target = cited ?? named;
  if (!target) return;
  for (const marked of main.querySelectorAll(".target")) marked.classList.remove("target");
  if (target.tagName === "SECTION") return target.scrollIntoView();
  target.classList.add("target");
  target.scrollIntoView({ block: "center" });
}

onLanguage(() => report && render());
addEventListener("hashchange", () => {
  if (!report) return;
  // A link to a cell draws its table anew; one to a section or a paragraph only goes there.
  if (citedCell() || main.querySelector(".cited")) render();
  else showPlace();
});
findReport(id).then(
  (found) => {
    report = found;
    render();
  },
  (problem) => {
    main.setAttribute("aria-busy", "false");
    body.replaceChildren(
      element("h1", {}, t("report")),
      element("p", { class: "problem", role: "alert" }, t("failed", { detail: problem.message })),
      element("p", {}, element("a", { href: "/corpus" }, t("corpus_link"))),
    );
  },
);
