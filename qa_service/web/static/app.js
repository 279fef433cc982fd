// The ask page: sends questions, keeps the thread, opens evidence below the answer it belongs to.

import { ask as askService, listReports } from "/static/api.js";
import { renderCorpus } from "/static/corpus.js";
import { element } from "/static/element.js";
import { renderEvidence } from "/static/evidence.js";
import { onLanguage } from "/static/frame.js";
import { t } from "/static/i18n.js";
import { renderAnswer } from "/static/render.js";

const HISTORY_TURNS = 20;

const form = document.getElementById("ask");
const question = document.getElementById("question");
const send = document.getElementById("send");
const thread = document.getElementById("thread");

/** Questions and answers of this page, oldest first: {question, answer | problem}. */
const turns = [];
let isAsking = false;

async function ask(text) {
  if (isAsking || !text.trim()) return;
  setAsking(true);
  const turn = { question: text.trim(), answer: null, problem: null };
  turns.push(turn);
  const node = thread.appendChild(renderTurn(turn));
  node.scrollIntoView({ block: "start" });
  try {
    turn.answer = await askService(turn.question, history(turns.slice(0, -1)));
  } catch (problem) {
    turn.problem = problem;
  }
  const done = renderTurn(turn);
  node.replaceWith(done);
  done.scrollIntoView({ block: "start" });
  setAsking(false);
}

function history(earlier) {
  return earlier
    .filter((turn) => turn.answer)
    .slice(-HISTORY_TURNS)
    .flatMap((turn) => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.answer.answer },
    ]);
}

function renderTurn(turn) {
  const node = element("section", { class: "turn" }, element("h2", { class: "asked" }, element("span", { class: "only-read" }, `${t("you_asked")}: `), turn.question));
  if (turn.answer) node.append(renderAnswer(turn.answer, { ask, open: (citation) => toggleEvidence(node, citation) }));
  else if (turn.problem) node.append(renderProblem(turn));
  else node.append(element("p", { class: "quiet waiting" }, t("asking")));
  return node;
}

function renderProblem(turn) {
  return element(
    "div",
    { class: "problem", role: "alert" },
    element("p", {}, turn.problem.message),
    element("button", { type: "button", class: "chip", onclick: () => ask(turn.question) }, t("retry")),
  );
}

/** Shows the citation below the answer, or closes it where it is open already. */
function toggleEvidence(node, citation) {
  const open = node.querySelector(".evidence");
  const wasThis = open?.dataset.citation === String(citation.id);
  const opener = document.activeElement;
  open?.remove();
  for (const button of node.querySelectorAll("[data-citation]")) {
    button.setAttribute("aria-expanded", String(!wasThis && button.dataset.citation === String(citation.id)));
  }
  if (wasThis) return;
  const close = () => {
    toggleEvidence(node, citation);
    opener?.focus();
  };
  const region = renderEvidence(citation, close);
  region.dataset.citation = citation.id;
  region.addEventListener("keydown", (event) => event.key === "Escape" && close());
  node.querySelector(".sources").after(region);
  region.scrollIntoView({ block: "nearest" });
  region.focus({ preventScroll: true });
}

function setAsking(value) {
  isAsking = value;
  send.disabled = value;
  document.body.classList.toggle("has-thread", turns.length > 0 || value);
}

function fitQuestion() {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight, 200)}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value;
  if (isAsking || !text.trim()) return;
  question.value = "";
  fitQuestion();
  ask(text);
});
question.addEventListener("input", fitQuestion);
question.addEventListener("keydown", (event) => {
  // Enter sends, Shift+Enter breaks the line; Enter that ends an input method's composition does neither.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

let firstPage = null;

function renderExamples(items) {
  const list = document.getElementById("example-list");
  // The newest report of each of the first bodies.
  const newest = [...new Map(items.map((item) => [item.agency, item])).values()];
  const questions = newest.slice(0, 3).map((item) => t("example", { agency: item.agency_name, year: item.year }));
  list.replaceChildren(...questions.map((text) => element("li", {}, element("button", { type: "button", class: "chip", onclick: () => ask(text) }, text))));
  document.getElementById("examples").hidden = questions.length === 0;
}

function redraw() {
  thread.replaceChildren(...turns.map(renderTurn));
  if (firstPage) {
    renderExamples(firstPage.items);
    renderCorpus(document.getElementById("corpus-body"), firstPage);
  }
}

async function loadCorpus() {
  try {
    firstPage = await listReports();
    renderExamples(firstPage.items);
    renderCorpus(document.getElementById("corpus-body"), firstPage);
  } catch (problem) {
    document.getElementById("corpus-body").replaceChildren(element("p", { class: "problem" }, problem.message));
  }
}

onLanguage(redraw);
loadCorpus();
// A link to a question: /?q=…
const linked = new URLSearchParams(location.search).get("q");
if (linked) ask(linked);
else if (!location.hash && matchMedia("(pointer: fine)").matches) question.focus();
