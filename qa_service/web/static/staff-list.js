// What the lists of the staff pages share: filters that live in the address, and pages that are added below.

import { request } from "/static/api.js";
import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { t } from "/static/i18n.js";

const TYPING_MS = 250;

/**
 * A list that asks `path` with the values of the form's fields and shows what comes. `show(body, items, page, isFirst)`
 * adds items to the body; `count(page, shown)` says how many; `none` is the key of the words for an empty list.
 */
export function startList({ path, limit, form, body, counter, show, count, none }) {
  let round = 0;
  let pages = [];
  const shown = () => pages.reduce((sum, page) => sum + page.items.length, 0);

  const redraw = () => {
    body.replaceChildren();
    if (pages.length === 0) return;
    pages.forEach((page, index) => show(body, page.items, page, index === 0));
    if (shown() === 0) body.replaceChildren(element("p", { class: "quiet" }, t(none)));
    addMore();
    counter.textContent = count(pages[0], shown(), pages.at(-1).next === null);
  };
  const addMore = () => {
    if (!pages.at(-1).next) return;
    const more = element("button", { type: "button", class: "button second more" }, t("more"));
    more.addEventListener("click", async () => {
      more.disabled = true;
      const mine = round;
      try {
        const page = await request(pages.at(-1).next);
        if (mine !== round) return;
        const before = body.querySelectorAll("a").length;
        more.remove();
        pages.push(page);
        show(body, page.items, page, false);
        // The button is gone: whoever pressed it goes on at the first new entry.
        body.querySelectorAll("a")[before]?.focus({ preventScroll: true });
        addMore();
        counter.textContent = count(pages[0], shown(), page.next === null);
      } catch (problem) {
        more.disabled = false;
        more.after(element("p", { class: "problem", role: "alert" }, problem.message));
      }
    });
    body.append(more);
  };
  const load = async () => {
    const mine = (round += 1);
    const query = readFilters(form);
    history.replaceState(null, "", query.size > 0 ? `?${query}` : location.pathname);
    query.set("limit", limit);
    body.setAttribute("aria-busy", "true");
    try {
      const page = await request(`${path}?${query}`);
      // A slower answer to an older filter is not shown over a newer one.
      if (mine !== round) return;
      pages = [page];
      redraw();
    } catch (problem) {
      if (mine !== round) return;
      pages = [];
      counter.textContent = "";
      body.replaceChildren(element("p", { class: "problem", role: "alert" }, t("failed", { detail: problem.message })));
    }
    body.setAttribute("aria-busy", "false");
  };
  whenChanged(form, load);
  onLanguage(redraw);
  return load();
}

/** The filters that are set, as a query. */
export function readFilters(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) query.set(name, value.trim());
  return query;
}

/** Puts the filters of the address into the fields; those of a select must have their options by then. */
export function restoreFilters(form) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}

/** Calls `changed` after a field was changed: at once for a choice, after a moment for typing. */
export function whenChanged(form, changed) {
  let timer = 0;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(changed, wait);
  };
  form.addEventListener("input", (event) => later(event.target.type === "search" ? TYPING_MS : 0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
}

/** Fills a select: [[value, words]…] after a first option for all. Keeps the choice. */
export function fillSelect(select, options) {
  const { value } = select;
  select.replaceChildren(element("option", { value: "" }, t("every")), ...options.map(([key, words]) => element("option", { value: key }, words)));
  select.value = value;
  if (select.selectedIndex < 0) select.value = "";
}

/** The title of the page in the tab. */
export function setTitle(key) {
  const show = () => {
    document.title = `${t(key)} · 问报 Wenbao`;
  };
  show();
  onLanguage(show);
}
