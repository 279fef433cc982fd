// The list of reports in the collection.

import { listReports } from "/static/api.js";
import { element } from "/static/element.js";
import { t } from "/static/i18n.js";

/** Fills the body with a page of reports, and a button for the next one where there is one. */
export function renderCorpus(body, page) {
  if (page.items.length === 0) {
    body.replaceChildren(element("p", { class: "quiet" }, t("corpus_empty")));
    return;
  }
  const rows = element("tbody", {}, page.items.map(renderRow));
  const head = (key, name) => element("th", { scope: "col", class: name }, t(key));
  body.replaceChildren(
    element(
      "div",
      { class: "table-frame flat", tabindex: "0", role: "region", "aria-label": t("scroll_table") },
      element(
        "table",
        { class: "list" },
        element("thead", {}, element("tr", {}, head("report"), head("year", "number"), head("form"), head("figures", "number"), head("problems", "number"))),
        rows,
      ),
    ),
    ...(page.next ? [renderMore(rows, page.next)] : []),
  );
}

function renderRow(item) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("a", { href: `/reports/${encodeURIComponent(item.id)}` }, item.agency_name)),
    element("td", { class: "number" }, String(item.year)),
    element("td", {}, t(item.edition ? `edition_${item.edition}` : "edition_none")),
    element("td", { class: "number" }, String(item.figures)),
    element("td", { class: "number" }, item.problems > 0 ? String(item.problems) : "–"),
  );
}

function renderMore(rows, next) {
  let address = next;
  const button = element("button", { type: "button", class: "chip" }, t("more"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const page = await listReports(address);
      rows.append(...page.items.map(renderRow));
      address = page.next;
      button.hidden = !address;
    } catch (problem) {
      button.after(element("p", { class: "problem" }, problem.message));
    }
    button.disabled = false;
  });
  return button;
}
