// Shows where a citation stands: the table with its cell marked, or the paragraph with the quotation marked.

import { findReport } from "/static/api.js";
import { element } from "/static/element.js";
import { t } from "/static/i18n.js";
import { renderTable } from "/static/table.js";

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
    (report) => show(body, renderPrinted(citation, report)),
    (problem) => show(body, [renderQuote(citation), element("p", { class: "problem" }, t("failed", { detail: problem.message }))]),
  );
  return region;
}

function show(body, content) {
  body.replaceChildren(...[content].flat());
  body.setAttribute("aria-busy", "false");
  // The nearest marked place; a frame that scrolls inside the page is scrolled as well.
  body.querySelector(".cited, mark")?.scrollIntoView({ block: "center", inline: "center" });
}

function renderPlace(citation) {
  const place = [citation.page && t("page", { n: citation.page }), citation.line && t("line", { n: citation.line })].filter(Boolean);
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
  if (table) {
    return renderTable(table, { marked: [[citation.row_index, citation.column_index]], prefix: `evidence-${citation.id}-` });
  }
  return findParagraph(citation, report) ?? [element("p", { class: "quiet" }, t("quote_missing")), renderQuote(citation)];
}

/** The paragraph that holds the quotation, in its own section first; null if none does. */
function findParagraph(citation, report) {
  const own = report.sections.filter((section) => section.path.join(" / ") === citation.section);
  for (const section of [...own, ...report.sections]) {
    for (const paragraph of section.paragraphs) {
      const start = citation.quote ? paragraph.text.indexOf(citation.quote) : -1;
      if (start >= 0) return element("blockquote", {}, markRange(paragraph.text, start, citation.quote.length));
    }
  }
  return null;
}

/** The text with one stretch of it marked. */
export function markRange(text, start, length) {
  return element(
    "p",
    {},
    text.slice(0, start),
    element("mark", {}, text.slice(start, start + length)),
    text.slice(start + length),
  );
}

function renderQuote(citation) {
  return element("blockquote", {}, element("p", {}, element("mark", {}, citation.quote)));
}

/** The link of a citation, if it stays on this site: links never lead where a document wants. */
export function safeLink(link) {
  return typeof link === "string" && link.startsWith("/") && !link.startsWith("//") ? link : "/";
}
