// Renders an answer. `open` shows a citation, `ask` sends a question; both are given by the page.

import { element } from "/static/element.js";
import { findWords, t } from "/static/i18n.js";

/** The article of one answer. */
export function renderAnswer(answer, { open, ask }) {
  return element(
    "article",
    { class: `answer panel answer-${answer.status}`, "aria-label": t("answer") },
    renderMain(answer, open),
    answer.conflicts.length > 0 && renderConflicts(answer, open),
    answer.choices.length > 0 && renderChoices(answer.choices, ask),
    answer.citations.length > 0 && renderSources(answer, open),
    answer.suggestions.length > 0 && renderSuggestions(answer.suggestions, ask),
  );
}

function renderMain(answer, open) {
  const text = element("p", { class: "answer-text", lang: answer.language === "zh" ? "zh-CN" : "en" }, renderText(answer, answer.answer, open));
  if (answer.status !== "answered" || answer.figures.length === 0) return text;
  return answer.figures.length === 1 ? [renderCard(answer.figures[0]), text] : [text, renderFigureTable(answer, open)];
}

/** Text in which [1] becomes a button that opens the citation of that number. */
function renderText(answer, text, open) {
  return text.split(/(\[\d+\])/).map((part) => {
    const id = Number(/^\[(\d+)\]$/.exec(part)?.[1]);
    const citation = answer.citations.find((each) => each.id === id);
    return citation ? renderReference(citation, open) : part;
  });
}

function renderReference(citation, open) {
  return element(
    "button",
    { type: "button", class: "reference", "data-citation": citation.id, "aria-expanded": "false", "aria-label": t("open_source", { id: citation.id }), onclick: () => open(citation) },
    String(citation.id),
  );
}

/** One figure, large. Without a value the reason is shown in words, never a zero. */
function renderCard(figure) {
  return element(
    "div",
    { class: "figure" },
    element("p", { class: "figure-about" }, [figure.agency_name, figure.year, figure.label, applicant(figure)].filter(Boolean).join(" · ")),
    element("p", { class: figure.missing ? "figure-value missing" : "figure-value" }, renderValue(figure)),
    element("p", { class: "figure-origin" }, figure.origin === "derived" ? t("derived") : t(`from_${figure.origin}`)),
    figure.formula && element("p", { class: "figure-formula" }, `${t("formula")}: `, element("code", {}, figure.formula)),
    figure.operands.length > 0 && renderOperands(figure.operands),
  );
}

function renderOperands(operands) {
  return element(
    "details",
    {},
    element("summary", {}, t("operands")),
    element("ul", {}, operands.map((each) => element("li", {}, [each.agency_name, each.year, each.label].join(" · "), ": ", renderValue(each)))),
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
    figure.unit && element("span", { class: "unit" }, ` ${figure.unit}`),
  ];
}

function renderFigureTable(answer, open) {
  const references = (figure) => answer.citations.filter((each) => figure.citations.includes(each.id)).map((each) => renderReference(each, open));
  const head = (key) => element("th", { scope: "col" }, t(key));
  return element(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("figures") },
    element(
      "table",
      { class: "figures" },
      element("thead", {}, element("tr", {}, head("agency"), head("year"), head("indicator"), head("figures"), head("sources"))),
      element(
        "tbody",
        {},
        answer.figures.map((figure) =>
          element(
            "tr",
            {},
            element("td", {}, figure.agency_name ?? ""),
            element("td", {}, figure.year === null ? "" : String(figure.year)),
            element("th", { scope: "row" }, [figure.label, applicant(figure)].filter(Boolean).join(" · "), figure.formula && element("code", { class: "formula" }, figure.formula)),
            element("td", { class: "value" }, renderValue(figure)),
            element("td", {}, references(figure)),
          ),
        ),
      ),
    ),
  );
}

function applicant(figure) {
  return figure.applicant && figure.applicant !== "total" ? (findWords(figure.applicant) ?? figure.applicant) : null;
}

function renderConflicts(answer, open) {
  return element(
    "section",
    { class: "conflicts" },
    element("h3", {}, t("conflicts")),
    answer.conflicts.map((conflict) =>
      element(
        "div",
        {},
        element("p", {}, renderText(answer, conflict.message, open)),
        conflict.figures.length > 0 &&
          element(
            "ul",
            {},
            conflict.figures.map((figure) =>
              element(
                "li",
                {},
                `${t(figure.origin === "derived" ? "derived" : `from_${figure.origin}`)}: `,
                renderValue(figure),
                " ",
                answer.citations.filter((each) => figure.citations.includes(each.id)).map((each) => renderReference(each, open)),
              ),
            ),
          ),
      ),
    ),
  );
}

function renderChoices(choices, ask) {
  return element(
    "section",
    { class: "choices" },
    element("h3", {}, t("choices")),
    element("ul", { class: "chips" }, choices.map((choice) => element("li", {}, element("button", { type: "button", class: "chip strong", onclick: () => ask(choice.question) }, choice.label)))),
  );
}

function renderSuggestions(suggestions, ask) {
  return element(
    "section",
    { class: "suggestions" },
    element("h3", {}, t("suggestions")),
    element("ul", { class: "chips" }, suggestions.map((question) => element("li", {}, element("button", { type: "button", class: "chip", onclick: () => ask(question) }, question)))),
  );
}

function renderSources(answer, open) {
  return element(
    "section",
    { class: "sources" },
    element("h3", {}, t("sources")),
    element(
      "ol",
      {},
      answer.citations.map((citation) =>
        element(
          "li",
          { value: citation.id },
          element(
            "button",
            { type: "button", class: "source", "data-citation": citation.id, "aria-expanded": "false", onclick: () => open(citation) },
            element("span", { class: "source-number" }, String(citation.id)),
            element("span", { class: "source-title" }, citation.title || `${citation.agency_name} ${citation.year}`),
            element("span", { class: "source-place" }, [citation.table || citation.section, citation.row, citation.column].filter(Boolean).join(" › ")),
          ),
          citation.ocr && element("span", { class: "tag" }, t("ocr")),
        ),
      ),
    ),
  );
}
