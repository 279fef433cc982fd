// Shows where a citation stands: the page as it is printed, the table with its cell marked, or the paragraph with the quotation marked.

import "/static/words-evidence.js";
import { findReport } from "/static/api.js";
import { element } from "/static/element.js";
import { t } from "/static/i18n.js";
import { renderPage } from "/static/page-view.js";
import { renderQuote, renderQuoted } from "/static/quote.js";
import { safeLink } from "/static/safe-link.js";
import { findHeads, renderTable, showMarked } from "/static/table.js";

const STYLE = "/static/evidence.css";

// The chat loads this module when a source is first opened; it is not shown before its styles are there.
if (!document.querySelector(`link[href="${STYLE}"]`)) {
  const link = element("link", { rel: "stylesheet", href: STYLE });
  await new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}

/** A region that fills itself with the place of the citation. `onClose` is called by its close button. */
export function renderEvidence(citation, onClose) {
  const body = element("div", { class: "evidence-body", "aria-busy": "true" }, element("p", { class: "quiet" }, t("loading")));
  const region = element(
    "section",
    { class: "evidence", "aria-label": t("source_n", { id: citation.id, title: citation.title }), tabindex: "-1" },
    element(
      "header",
      {},
      element("h3", {}, t("source_n", { id: citation.id, title: citation.title || citation.agency_name })),
      element("button", { type: "button", class: "plain", onclick: onClose }, t("close")),
    ),
    renderPlace(citation),
    body,
    element("p", { class: "evidence-foot" }, element("a", { href: safeLink(citation.link) }, t("open_report")), ` · ${citation.file}`),
  );
  findReport(citation.report).then(
    (report) => showReport(body, citation, report),
    (problem) => {
      const isGone = problem.type === "/problems/unknown-report";
      const words = isGone ? t("report_gone") : t("failed", { detail: problem.message });
      show(body, [element("p", { class: isGone ? "notice" : "problem", role: "alert" }, words), renderQuote(citation.quote)]);
      if (isGone) region.querySelector(".evidence-foot a").replaceWith(t("report"));
    },
  );
  return region;
}

/** The place in the ways it can be shown; the page first, where there is one. */
function showReport(body, citation, report) {
  const printed = () => [renderPrinted(citation, report)].flat();
  if (!citation.page) return show(body, printed());
  if (!report.pages) {
    const isLost = !report.original && ["pdf", "image"].includes(report.format);
    return show(body, [isLost && element("p", { class: "small quiet" }, t("original_none")), ...printed()]);
  }
  const content = element("div", { class: "evidence-view" });
  const ways = [
    ["view_page", () => showPage(content, citation, report, printed)],
    [citation.table_id ? "view_table" : "view_text", async () => show(content, printed())],
  ];
  const buttons = ways.map(([words, open]) => element("button", { type: "button", class: "way", onclick: () => choose(words, open) }, t(words)));
  const choose = (words, open) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === t(words)));
    open();
  };
  body.replaceChildren(element("div", { class: "ways", role: "group", "aria-label": t("view_as") }, buttons), content);
  // On a phone the redrawn table keeps its heads in view; the page would show the cell alone.
  choose(...ways[citation.table_id && matchMedia("(max-width: 40rem)").matches ? 1 : 0]);
  body.setAttribute("aria-busy", "false");
}

async function showPage(content, citation, report, printed) {
  content.replaceChildren(element("p", { class: "quiet waiting-page", role: "status" }, t("page_drawing")));
  try {
    show(content, [await renderPage(report.id, pageOf(citation, report))]);
  } catch (problem) {
    show(content, [element("p", { class: "notice", role: "alert" }, problem.message), ...printed()]);
  }
}

/** What to frame: a cell by its box, with its headings; a sentence by its words, inside its paragraph. */
function pageOf(citation, report) {
  const place = { page: citation.page, bbox: citation.bbox, text: citation.raw || citation.quote };
  const table = report.tables.find((each) => each.id === citation.table_id);
  if (!table) return { ...place, quote: citation.quote };
  const heads = findHeads(table, citation.row_index, citation.column_index).map((cell) => cell.place);
  return {
    ...place,
    text: [citation.row, citation.column, citation.raw || t("printed_blank")].filter(Boolean).join(" · "),
    heads: heads.filter((head) => head.bbox && head.page === citation.page).map((head) => head.bbox),
  };
}

function show(body, content) {
  body.replaceChildren(...content.filter(Boolean));
  body.setAttribute("aria-busy", "false");
  for (const frame of body.querySelectorAll(".table-frame")) showMarked(frame);
  // After the page's own frames have scrolled to their marks.
  requestAnimationFrame(() => requestAnimationFrame(() => bringIntoView(body)));
}

/** What is cited was not there yet when its region was brought into view. */
function bringIntoView(body) {
  for (const place of [body.querySelector(".table-frame, .page-frame, blockquote"), body.querySelector(".cited, .page-mark, mark")]) {
    place?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function renderPlace(citation) {
  // A sentence may stand on a page after the one on which its paragraph begins.
  const page = citation.page && t(citation.table_id ? "page" : "page_begins", { n: citation.page });
  const place = [page, citation.line && t("line", { n: citation.line })].filter(Boolean);
  const terms = [
    ["section", citation.section],
    ["row", citation.row],
    ["column", citation.column],
    ["printed", citation.table_id ? citation.raw || t("printed_blank") : null],
    ["position", place.length > 0 ? place.join(" · ") : null],
  ];
  return element(
    "dl",
    { class: "place" },
    terms.filter(([, value]) => value).map(([name, value]) => element("div", {}, element("dt", {}, t(name)), element("dd", {}, value))),
  );
}

function renderPrinted(citation, report) {
  const table = report.tables.find((each) => each.id === citation.table_id);
  const prefix = `evidence-${citation.id}-`;
  if (table) return renderTable(table, { marked: [[citation.row_index, citation.column_index]], prefix });
  const block = /#block-(\d+)$/.exec(citation.link ?? "");
  const quoted = renderQuoted(report, { quote: citation.quote, section: citation.section, block: block ? Number(block[1]) : null });
  if (quoted) return quoted;
  const row = findRow(citation, report);
  if (row) return renderTable(row.table, { marked: row.cells, prefix });
  return [element("p", { class: "quiet" }, t("quote_missing")), renderQuote(citation.quote)];
}

/** The row of a table that a citation without a cell is about, by its place in the file; null if there is none. */
function findRow(citation, report) {
  const isHere = ({ place }) =>
    citation.bbox ? place.page === citation.page && String(place.bbox) === String(citation.bbox) : citation.line !== null && place.line === citation.line;
  for (const table of report.tables) {
    const first = table.cells.find(isHere);
    if (first) return { table, cells: table.cells.filter((cell) => cell.row === first.row && cell.figure).map((cell) => [cell.row, cell.column]) };
  }
  return null;
}
