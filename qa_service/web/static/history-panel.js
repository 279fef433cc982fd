// The list of earlier conversations, in a dialog: reopen one, delete one, delete all.

import { element } from "/static/element.js";
import { deleteAll, deleteConversation, listConversations, state } from "/static/history.js";
import { language, t } from "/static/i18n.js";

/** Opens the dialog; `reopen` gets the conversation that was chosen. */
export function openHistory(dialog, reopen) {
  draw(dialog, reopen);
  dialog.showModal();
}

/** Draws the open dialog again: the language or, in another window, the history has changed. */
export function redrawHistory(dialog, reopen) {
  if (dialog.open) draw(dialog, reopen);
}

function draw(dialog, reopen) {
  const conversations = listConversations();
  const again = () => draw(dialog, reopen);
  dialog.replaceChildren(
    element(
      "header",
      {},
      element("h2", { id: "history-head" }, t("history_title")),
      element("button", { type: "button", class: "plain", onclick: () => dialog.close() }, t("close")),
    ),
    element("p", { class: "quiet small" }, t(state ? `history_${state}` : "history_note")),
    conversations.length === 0
      ? element("p", { class: "quiet" }, t("history_empty"))
      : element("ul", { class: "past" }, conversations.map((each) => renderConversation(each, dialog, reopen, again))),
    ...(conversations.length > 0 ? [renderDeleteAll(again)] : []),
  );
}

function renderConversation(conversation, dialog, reopen, again) {
  const title = conversation.title.slice(0, 120);
  const when = new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en", { dateStyle: "medium", timeStyle: "short" }).format(conversation.at);
  const open = () => {
    dialog.close();
    reopen(conversation);
  };
  const remove = () => {
    deleteConversation(conversation.id);
    again();
    dialog.querySelector("button")?.focus();
  };
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "past-open", onclick: open },
      element("bdi", { class: "past-title" }, title),
      element("span", { class: "quiet small" }, `${when} · ${t(conversation.turns.length === 1 ? "questions_one" : "questions_count", { count: conversation.turns.length })}`),
    ),
    element("button", { type: "button", class: "past-delete", "aria-label": t("delete_one", { title }), onclick: remove }, "×"),
  );
}

/** Asks once more before it deletes everything. */
function renderDeleteAll(again) {
  const place = element("div", { class: "delete-all" });
  const offer = () => {
    const button = element("button", { type: "button", class: "button danger", onclick: confirm }, t("delete_all"));
    place.replaceChildren(button);
    return button;
  };
  const confirm = () => {
    const keep = element("button", { type: "button", class: "button second", onclick: () => offer().focus() }, t("delete_no"));
    const yes = element("button", { type: "button", class: "button danger", onclick: () => (deleteAll(), again()) }, t("delete_yes"));
    place.replaceChildren(element("p", {}, t("delete_sure")), yes, " ", keep);
    keep.focus();
  };
  offer();
  return place;
}
