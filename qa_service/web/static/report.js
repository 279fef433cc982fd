// The page of one report: what was read from the file, with the cited cell or paragraph marked.

import { findReport } from "/static/api.js";
import { element } from "/static/element.js";
import { connectSwitch, language, t } from "/static/i18n.js";
import { renderTable, showMarked } from "/static/table.js";

const main = document.getElementById("report");
const id = decodeURIComponent(location.pathname.split("/").at(-1));

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
  const parts = [
    element("h1", {}, report.title),
    !report.is_current && element("p", { class: "notice" }, t("superseded")),
    renderFacts(),
    renderProblems(),
    renderChecks(failing),
    renderTables(cited, failing),
    renderText(),
  ];
  main.replaceChildren(...parts.filter(Boolean));
  main.setAttribute("aria-busy", "false");
  showPlace();
}

function renderFacts() {
  const facts = [
    ["agency", report.agency_name],
    ["year", String(report.year)],
    ["form", t(report.edition ? `edition_${report.edition}` : "edition_none")],
    ["figures", String(report.figures)],
    ["file", report.file],
  ];
  return element(
    "div",
    { class: "facts" },
    element("dl", { class: "place" }, facts.map(([name, value]) => element("div", {}, element("dt", {}, t(name)), element("dd", {}, value)))),
    report.is_current && element("p", {}, element("a", { href: `/v1/figures?report=${encodeURIComponent(report.id)}&format=csv&bom=1` }, t("download"))),
    report.revisions.length > 1 &&
      element(
        "p",
        {},
        `${t("revisions")}: `,
        report.revisions.map((each) => [element("a", { href: `/reports/${encodeURIComponent(each.id)}`, "aria-current": each.id === report.id ? "page" : null }, `${each.revision} (${each.file})`), " "]),
      ),
  );
}

function renderProblems() {
  return element(
    "section",
    {},
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
  const evaluated = report.checks.filter((check) => ["holds", "holds_if_blank_is_zero", "fails"].includes(check.status));
  const words = evaluated.length === 0 ? t("checks_none") : failing.length === 0 ? t("checks_fine") : t("checks_failed", { count: failing.length });
  return element(
    "section",
    {},
    element("h2", {}, t("checks")),
    element("p", { class: failing.length > 0 ? "" : "quiet" }, words),
    failing.length > 0 && element("ul", { class: "problems" }, failing.map(renderCheck)),
  );
}

function renderCheck(check) {
  const [table, row, column] = check.cells[0] ?? [];
  const rule = [check.rule, check.instance].filter(Boolean).join(" · ");
  const line = t("check_line", { rule, left: check.left ?? "?", right: check.right ?? "?" });
  return element("li", { class: check.severity }, table ? element("a", { href: `#cell-${table}-${row}-${column}` }, line) : line, check.remark && ` (${check.remark})`);
}

function renderTables(cited, failing) {
  return (
    report.tables.length > 0 &&
    element(
      "section",
      {},
      element("h2", {}, t("tables")),
      report.tables.map((table) =>
        element(
          "div",
          { class: "whole-table", id: `table-${table.id}` },
          !table.caption && element("h3", {}, t("table_n", { id: table.id.replace(/^t/, "") })),
          renderTable(table, {
            marked: cited?.[0] === table.id ? [[cited[1], cited[2]]] : [],
            failing: failing.flatMap((check) => check.cells.filter(([name]) => name === table.id).map(([, row, column]) => [row, column])),
          }),
        ),
      ),
    )
  );
}

function renderText() {
  const sections = report.sections.map((section) => [
    section.path.length > 0 && element(`h${Math.min(section.path.length + 2, 6)}`, {}, section.path.at(-1)),
    section.paragraphs.map((paragraph) => element("p", { id: paragraph.place.block === null ? null : `block-${paragraph.place.block}` }, paragraph.text)),
  ]);
  return element("section", { class: "prose", lang: "zh-CN" }, element("h2", { lang: language() === "zh" ? "zh-CN" : "en" }, t("text")), sections);
}

/** Brings the place that the address names into view. */
function showPlace() {
  const cited = main.querySelector(".cited");
  if (cited) showMarked(cited.closest(".table-frame"));
  const target = cited ?? (location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null);
  if (!target) return;
  for (const marked of main.querySelectorAll(".target")) marked.classList.remove("target");
  target.classList.add("target");
  target.scrollIntoView({ block: "center" });
}

connectSwitch(document.getElementById("language"), () => report && render());
addEventListener("hashchange", () => report && render());
findReport(id).then(
  (found) => {
    report = found;
    render();
  },
  (problem) => {
    main.setAttribute("aria-busy", "false");
    main.replaceChildren(element("p", { class: "problem", role: "alert" }, t("failed", { detail: problem.message })), element("p", {}, element("a", { href: "/#corpus" }, t("corpus_link"))));
  },
);
