// The chat page: connects its parts. What it keeps stays in this browser.

import { Conversation } from "/static/conversation.js";
import { onLanguage } from "/static/frame.js";
import { openHistory, redrawHistory } from "/static/history-panel.js";
import { listConversations } from "/static/history.js";
import { loadLabels } from "/static/labels.js";
import { drawStart, loadStart } from "/static/start.js";

const SESSION = "wenbao.conversation";
const find = (id) => document.getElementById(id);

const question = find("question");
const panel = find("history");
const start = { examples: find("examples"), list: find("example-list"), coverage: find("coverage") };
const conversation = new Conversation(find("thread"), { announce, onChange: showState });

function announce(sentence) {
  find("status").textContent = sentence;
}

/** The page shows either its start or the thread; the button asks, or stops while something is being answered. */
function showState() {
  const { isAsking, turns, id } = conversation;
  const hadFocus = document.activeElement === find("stop");
  document.body.classList.toggle("has-thread", turns.length > 0);
  find("send").hidden = isAsking;
  find("stop").hidden = !isAsking;
  find("fresh").hidden = turns.length === 0;
  find("open-history").hidden = turns.length === 0 && listConversations().length === 0;
  if (hadFocus && !isAsking) question.focus();
  remember(turns.length > 0 ? id : "");
}

/** A reload of this window goes on with its conversation. */
function remember(id) {
  try {
    sessionStorage.setItem(SESSION, id);
  } catch {
    // Then a reload starts anew.
  }
}

function fitQuestion() {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight, 200)}px`;
}

function submit() {
  const text = question.value;
  if (conversation.isAsking || !text.trim()) return;
  question.value = "";
  fitQuestion();
  conversation.ask(text);
}

function startAnew() {
  conversation.clear();
  history.replaceState(null, "", "/");
  question.focus();
}

/** Asks the questions that the address names, one after the other: /?q=…&q=…&a=mark of the last answer. */
async function askLinked(parameters) {
  const questions = parameters.getAll("q").filter((text) => text.trim());
  for (const [index, text] of questions.entries()) {
    const isLast = index === questions.length - 1;
    await conversation.ask(text, { before: isLast ? { mark: parameters.get("a"), answer: null } : null, isQuiet: !isLast });
  }
}

function findEarlier() {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!["reload", "back_forward"].includes(navigation?.type)) return null;
  try {
    const id = sessionStorage.getItem(SESSION);
    return listConversations().find((each) => each.id === id) ?? null;
  } catch {
    return null;
  }
}

find("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
question.addEventListener("input", fitQuestion);
question.addEventListener("keydown", (event) => {
  // Enter sends, Shift+Enter breaks the line; Enter that ends an input method's composition does neither.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
find("stop").addEventListener("click", () => conversation.stop());
find("fresh").addEventListener("click", startAnew);
const reopen = (kept) => conversation.restore(kept);
find("open-history").addEventListener("click", () => openHistory(panel, reopen));
addEventListener("storage", () => {
  redrawHistory(panel, reopen);
  showState();
});
// Paper cannot be clicked: all sources are printed.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".sources details")) details.open = true;
});
/** The English names have come; what is being read is left as it is. */
function showLabels() {
  const thread = find("thread");
  if (!thread.querySelector(".evidence") && !thread.contains(document.activeElement)) conversation.redraw();
}

onLanguage(() => {
  loadLabels(showLabels);
  conversation.redraw();
  drawStart(start, (text) => conversation.ask(text));
  redrawHistory(panel, reopen);
});

const earlier = findEarlier();
const linked = new URLSearchParams(location.search);
showState();
loadStart(start, (text) => conversation.ask(text)).then(() => loadLabels(showLabels));
if (earlier) conversation.restore(earlier);
else if (linked.has("q")) askLinked(linked);
else if (matchMedia("(pointer: fine)").matches) question.focus({ preventScroll: true });
