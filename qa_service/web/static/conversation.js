// One conversation: asks, shows each turn as it comes, and lets it be stopped, repeated, copied and linked.

import { askStream } from "/static/api.js";
import { element } from "/static/element.js";
import { keepTurn, markOf } from "/static/history.js";
import { t } from "/static/i18n.js";
import { renderAnswer } from "/static/render.js";
import { copyText, download, figuresCsv, makeLink, renderPlain } from "/static/share.js";

// A follow-up leaves out what the few turns before it said. The oldest that are sent go three at a time, so that the
// conversation mostly begins with the same turns and the service need not understand it anew.
const MOST_TURNS = 6;
const TURNS_AT_ONCE = 3;
const LONGEST_SENT = 2000;
const LONGEST_SHOWN = 600;
// Milliseconds: what takes less seems to come at once.
const SOON = 120;
// Of a conversation from the history so many last questions are looked up again at once.
const LOOKED_UP = 20;

/**
 * A conversation shown in `thread`. `announce` says a sentence to those who listen; `onChange` is called when asking
 * begins or ends.
 */
export class Conversation {
  constructor(thread, { announce, onChange }) {
    this.thread = thread;
    this.announce = announce;
    this.onChange = onChange;
    this.running = null;
    this.begin();
  }

  begin() {
    this.id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    /** {question, from, at, state, partial, answer, problem, before, node}; before: {answer, mark} of an earlier time. */
    this.turns = [];
  }

  /** Begins anew. */
  clear() {
    this.stop();
    this.begin();
    this.running = null;
    this.thread.replaceChildren();
    this.onChange();
  }

  get isAsking() {
    return this.running !== null;
  }

  /** Asks; `from` is the question whose choice this is. Resolves when the answer stands, or why there is none. */
  async ask(text, { from = null, before = null, isQuiet = false } = {}) {
    const question = text.trim();
    if (this.isAsking || !question) return;
    const turn = { question, from, before, at: Date.now() + this.turns.length / 1000, state: "new" };
    this.turns.push(turn);
    await this.lookUp(turn, isQuiet);
  }

  /** Ends the question that is being answered. */
  stop() {
    this.running?.abort();
  }

  /** Takes up a conversation of the history: the last questions are looked up again, the others wait. */
  async restore(kept) {
    this.clear();
    this.id = kept.id;
    this.turns = kept.turns.map((each) => ({ question: each.question, from: each.from, at: each.at, before: each, state: "dormant" }));
    this.thread.replaceChildren(...this.turns.map((turn) => (turn.node = this.render(turn))));
    this.onChange();
    const { id } = this;
    for (const turn of this.turns.slice(-LOOKED_UP)) {
      // Something else may have been asked, or another conversation begun, while the turn before was looked up.
      if (this.id !== id || this.isAsking) return;
      await this.lookUp(turn, true);
      if (turn.state !== "done") break;
    }
    if (this.id === id) this.turns.at(-1)?.node.scrollIntoView({ block: "start" });
  }

  /** Draws everything again, in the language of now. */
  redraw() {
    for (const turn of this.turns) this.draw(turn);
  }

  async lookUp(turn, isQuiet = false) {
    const running = new AbortController();
    this.running = running;
    Object.assign(turn, { state: "asking", partial: "", answer: null, problem: null, isShown: false });
    const waiting = setTimeout(() => this.showWaiting(turn, isQuiet), SOON);
    try {
      turn.answer = await askStream(turn.question, this.historyOf(turn), { signal: running.signal, onDelta: (text) => this.append(turn, text) });
      turn.state = "done";
    } catch (problem) {
      turn.problem = problem;
      turn.state = running.signal.aborted ? "stopped" : "failed";
    }
    clearTimeout(waiting);
    if (this.running === running) this.running = null;
    // Begun anew in the meantime: this turn is of a conversation that is no longer shown.
    if (!this.turns.includes(turn)) return;
    this.draw(turn);
    this.keep(turn);
    if (!isQuiet) {
      turn.node.scrollIntoView({ block: "start" });
      if (turn.answer) this.announce(t("answered_now", { answer: turn.answer.answer.replace(/\[\d+\]/g, "") }));
    }
    this.onChange();
  }

  /** Most answers come so soon that a sign of waiting would only flicker; the others get one, and a way to stop. */
  showWaiting(turn, isQuiet) {
    if (!this.turns.includes(turn)) return;
    turn.isShown = true;
    this.draw(turn);
    if (!isQuiet) {
      turn.node.scrollIntoView({ block: "start" });
      this.announce(t("asking"));
    }
    this.onChange();
  }

  append(turn, text) {
    turn.partial += text;
    if (!turn.isShown) return;
    const place = turn.node.querySelector(".partial");
    if (place) place.textContent = turn.partial;
    else this.draw(turn);
  }

  keep(turn) {
    if (turn.state !== "done") return;
    keepTurn({ conversation: this.id, at: turn.at, question: turn.question, from: turn.from, answer: turn.answer.answer, mark: markOf(turn.answer.answer) });
  }

  historyOf(turn) {
    const earlier = this.turns
      .slice(0, this.turns.indexOf(turn))
      .map((each) => [each.question, each.answer?.answer ?? each.before?.answer])
      .filter(([, answer]) => answer);
    const left = Math.max(0, Math.ceil((earlier.length - MOST_TURNS) / TURNS_AT_ONCE) * TURNS_AT_ONCE);
    return earlier
      .slice(left)
      .flatMap(([question, answer]) => [
        { role: "user", content: question.slice(0, LONGEST_SENT) },
        { role: "assistant", content: answer.slice(0, LONGEST_SENT) },
      ]);
  }

  draw(turn) {
    const node = this.render(turn);
    if (turn.node?.isConnected) turn.node.replaceWith(node);
    else this.thread.append(node);
    turn.node = node;
  }

  render(turn) {
    const node = element("section", { class: "turn" }, renderAsked(turn));
    node.append(...[this.renderState(turn, node)].flat().filter(Boolean));
    return node;
  }

  renderState(turn, node) {
    if (turn.state === "done") {
      const ask = (question, isChoice) => this.ask(question, { from: isChoice ? (turn.from ?? turn.question) : null });
      const open = (citation) => toggleEvidence(node, citation);
      return [renderChanged(turn), renderAnswer(turn.answer, { ask, open, foot: this.renderFoot(turn) })];
    }
    if (turn.state === "dormant") return this.renderNote(turn, "dormant", "look_again");
    if (turn.state === "stopped") return [renderPartial(turn), this.renderNote(turn, "stopped", "again")];
    if (turn.state === "failed") return [renderPartial(turn), this.renderProblem(turn)];
    return renderPartial(turn) ?? element("p", { class: "waiting" }, t("asking"));
  }

  renderNote(turn, words, button) {
    return element("p", { class: "quiet" }, t(words), " ", element("button", { type: "button", class: "plain", onclick: () => this.again(turn) }, t(button)));
  }

  renderProblem(turn) {
    return element(
      "div",
      { class: "problem", role: "alert" },
      element("p", {}, turn.problem.message),
      element("button", { type: "button", class: "chip", onclick: () => this.again(turn) }, t("retry")),
    );
  }

  again(turn) {
    if (!this.isAsking) this.lookUp(turn);
  }

  renderFoot(turn) {
    const { answer } = turn;
    const button = (key, action) => element("button", { type: "button", class: "plain", onclick: (event) => action(event.currentTarget) }, t(key));
    const questions = this.turns.slice(0, this.turns.indexOf(turn) + 1).map((each) => each.question);
    return element(
      "footer",
      { class: "answer-foot" },
      element("span", { class: "method" }, t("method")),
      answer.figures.length > 0 && button("csv", () => download(`${t("csv_name")}.csv`, "text/csv;charset=utf-8", figuresCsv(answer))),
      button("copy", (pressed) => this.handOver(pressed, renderPlain(turn.question, answer), "copied")),
      button("link", async (pressed) => this.handOver(pressed, await makeLink(questions, answer), "link_copied")),
      button("again", () => this.again(turn)),
    );
  }

  /** Copies a text and says so; where the browser refuses, the text is shown to be copied by hand. */
  async handOver(button, text, done) {
    button.parentElement.querySelector(".by-hand")?.remove();
    const note = text === null ? t("link_too_long") : (await copyText(text)) ? t(done) : t("copy_failed");
    this.announce(note);
    const isShown = note === t("copy_failed");
    const shown = element("p", { class: "by-hand small quiet" }, note, isShown && element("textarea", { readonly: true, rows: "3", "aria-label": t("copy") }, text));
    button.parentElement.append(shown);
    if (!isShown) setTimeout(() => shown.remove(), 4000);
  }
}

function renderAsked(turn) {
  const { question } = turn;
  const shown = question.length > LONGEST_SHOWN ? question.slice(0, LONGEST_SHOWN) + t("long_question", { count: question.length }) : question;
  return [
    element("h2", { class: "asked" }, element("span", { class: "only-read" }, `${t("you_asked")}: `), element("bdi", {}, shown)),
    turn.from && element("p", { class: "asked-first" }, t("from_question", { question: turn.from.slice(0, LONGEST_SHOWN) })),
  ];
}

function renderPartial(turn) {
  return turn.partial ? element("div", { class: "answer-part panel", "aria-busy": String(turn.state === "asking") }, element("p", { class: "answer-text partial" }, turn.partial)) : null;
}

/** Says when an answer is no longer what it was when it was asked before, or when its link was made. */
function renderChanged({ answer, before }) {
  if (!before?.mark || before.mark === markOf(answer.answer)) return null;
  return element(
    "div",
    { class: "notice changed" },
    element("p", {}, t(before.answer ? "changed" : "changed_link")),
    before.answer && element("blockquote", {}, before.answer),
  );
}

/** Shows the citation below the answer, or closes it where it is open already. The viewer is loaded when it is needed. */
async function toggleEvidence(node, citation) {
  const open = node.querySelector(".evidence");
  const wasThis = open?.dataset.citation === String(citation.id);
  const opener = document.activeElement;
  const { renderEvidence } = await import("/static/evidence.js");
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
