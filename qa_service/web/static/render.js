// Renders an answer. `open` shows a citation, `ask` sends a question; both are given by the page.

import { renderChart } from "/static/chart.js";
import { element } from "/static/element.js";
import { areOneThing, mainFigure, renderBeside, renderCard, renderFigureTable, renderReference, renderReferences, renderValue, said } from "/static/figure.js";
import { t } from "/static/i18n.js";

const OPEN_SOURCES = 4;

/** The article of one answer; `foot` are the buttons below it. */
export function renderAnswer(answer, { open, ask, foot = null }) {
  return element(
    "article",
    { class: `answer panel answer-${answer.status}`, "aria-label": t("answer"), tabindex: "-1" },
    renderMain(answer, open),
    answer.conflicts.length > 0 && renderConflicts(answer, open),
    answer.choices.length > 0 && renderChoices(answer.choices, ask),
    answer.citations.length > 0 && renderSources(answer, open),
    answer.suggestions.length > 0 && renderSuggestions(answer.suggestions, ask),
    foot,
  );
}

function renderMain(answer, open) {
  const text = element("p", { class: "answer-text", lang: answer.language === "zh" ? "zh-CN" : "en", dir: "auto" }, renderText(answer, answer.answer, open));
  if (answer.status !== "answered" || answer.figures.length === 0) return text;
  if (areOneThing(answer.figures)) return [renderBeside(answer, open), text];
  const main = mainFigure(answer);
  return [main && renderCard(answer, main, open), text, renderChart(answer), renderFigureTable(answer, open)];
}

/** Text in which [1] becomes a button that opens the citation of that number. */
function renderText(answer, text, open) {
  return text.split(/(\[\d+\])/).map((part) => {
    const id = Number(/^\[(\d+)\]$/.exec(part)?.[1]);
    const citation = answer.citations.find((each) => each.id === id);
    return citation ? renderReference(citation, open) : part;
  });
}

/** What disagrees, side by side, each with its place; those that already stand side by side as cards are not repeated. */
function renderConflicts(answer, open) {
  const shown = areOneThing(answer.figures) ? answer.figures.map((figure) => JSON.stringify(figure)) : [];
  const sides = (conflict) => conflict.figures.filter((figure) => !shown.includes(JSON.stringify(figure)));
  return element(
    "section",
    { class: "conflicts" },
    element("h3", {}, t("conflicts")),
    answer.conflicts.map((conflict) => [
      element("p", {}, renderText(answer, conflict.message, open)),
      sides(conflict).length > 0 && element("ul", {}, conflict.figures.map((figure) => renderSide(answer, figure, open))),
    ]),
  );
}

function renderSide(answer, figure, open) {
  return element(
    "li",
    {},
    element("span", { class: "side" }, t(figure.origin === "derived" ? "derived" : `from_${figure.origin}`), " · ", said(figure.label)),
    element("span", { class: "side-value" }, renderValue(figure)),
    " ",
    renderReferences(answer, figure, open),
  );
}

function renderChoices(choices, ask) {
  return renderQuestions("choices", choices.map((choice) => [choice.label, choice.question, true]), ask);
}

function renderSuggestions(suggestions, ask) {
  return renderQuestions("suggestions", suggestions.map((question) => [question, question, false]), ask);
}

/** Questions to click; a choice keeps the question that it came from. */
function renderQuestions(key, questions, ask) {
  return element(
    "section",
    { class: key },
    element("h3", {}, t(key)),
    element(
      "ul",
      { class: "chips" },
      questions.map(([label, question, isChoice]) => element("li", {}, element("button", { type: "button", class: isChoice ? "chip strong" : "chip", onclick: () => ask(question, isChoice) }, said(label)))),
    ),
  );
}

/** All sources; where they are many they open with a click, as each figure leads to its own. */
function renderSources(answer, open) {
  const list = element("ol", {}, answer.citations.map((citation) => renderSource(citation, open)));
  const count = answer.citations.length;
  return element(
    "section",
    { class: "sources" },
    count > OPEN_SOURCES ? element("details", {}, element("summary", {}, t("sources_n", { count })), list) : [element("h3", {}, t("sources")), list],
  );
}

function renderSource(citation, open) {
  return element(
    "li",
    { value: citation.id },
    element(
      "button",
      { type: "button", class: "source", "data-citation": citation.id, "aria-expanded": "false", onclick: () => open(citation) },
      element("span", { class: "source-number" }, String(citation.id)),
      said(citation.title || `${citation.agency_name} ${citation.year}`, { class: "source-title" }),
      said([citation.table || citation.section, citation.row, citation.column].filter(Boolean).join(" › "), { class: "source-place" }),
    ),
    citation.ocr && element("span", { class: "tag warn" }, t("ocr")),
  );
}
