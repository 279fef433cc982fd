// The page of problems and commitments, each beside what the report of the year after says on it.

import { listAgencies, request } from "/static/api.js";
import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { language, t } from "/static/i18n.js";
import { safeLink } from "/static/safe-link.js";
import { fillSelect, restoreFilters, setTitle, startList } from "/static/staff-list.js";

const form = document.getElementById("filters");
let agencies = [];
let themes = [];
const themeNames = new Map();
const followed = new Map();

/** Asks for what followed once the entry comes near the screen: most of a long list is never looked at. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      showFollowed(target);
    }
  },
  { rootMargin: "400px" },
);

function show(node, items) {
  if (items.length === 0) return;
  for (const item of items) {
    const last = node.querySelector(".promises:last-of-type");
    const group = last?.dataset.report === item.report ? last : node.appendChild(renderGroup(item));
    const entry = renderEntry(item, hasNext(item));
    group.append(entry);
    const beside = entry.querySelector(".followed");
    if (beside) near.observe(beside);
  }
}

const hasNext = (item) => agencies.find((agency) => agency.id === item.agency)?.years.includes(item.year + 1) ?? true;

function renderGroup(item) {
  return element(
    "section",
    { class: "promises", "data-report": item.report },
    element("h2", {}, element("a", { href: `/reports/${encodeURIComponent(item.report)}` }, element("span", { lang: "zh-CN" }, item.agency_name), ` · ${item.year}`)),
    !hasNext(item) && element("p", { class: "quiet small" }, t("followed_none", { year: item.year + 1 })),
  );
}

function renderEntry(item, isFollowed) {
  const name = themeNames.get.bind(themeNames);
  return element(
    "article",
    { class: isFollowed ? "panel promise beside" : "panel promise" },
    element(
      "div",
      { class: "said" },
      element(
        "p",
        { class: "tags" },
        element("span", { class: item.kind === "problem" ? "tag warn" : "tag good" }, t(`kind_${item.kind}`)),
        item.themes.map((theme) => [" ", element("span", { class: "tag" }, name(theme)?.[language()] ?? theme)]),
      ),
      element("blockquote", { lang: "zh-CN" }, item.quote),
      element("p", { class: "small quiet" }, item.section && [element("span", { lang: "zh-CN" }, item.section), " · "], element("a", { href: safeLink(item.link), "aria-label": `${t("see_place")}: ${item.agency_name} ${item.year}` }, t("see_place"))),
    ),
    isFollowed &&
      element(
      "div",
      { class: "followed", "data-id": item.id },
      element("h3", {}, t("followed", { year: item.year + 1 })),
      element("p", { class: "quiet small" }, t("loading")),
    ),
  );
}

async function showFollowed(node) {
  const { id } = node.dataset;
  try {
    if (!followed.has(id)) followed.set(id, await request(`/v1/commitments/${encodeURIComponent(id)}/followed`));
    const found = followed.get(id);
    node.replaceChildren(element("h3", {}, t("followed", { year: found.year })), ...renderFollowed(found));
  } catch (problem) {
    node.replaceChildren(element("p", { class: "problem" }, problem.message));
  }
}

function renderFollowed(found) {
  if (!found.report) return [element("p", { class: "quiet small" }, t("followed_none", { year: found.year }))];
  if (found.sentences.length === 0 && found.figures.length === 0) return [element("p", { class: "quiet small" }, t("followed_nothing", { year: found.year }))];
  return [
    ...found.sentences.map((each) =>
      element("blockquote", {}, element("p", { lang: "zh-CN" }, each.text), element("p", { class: "small" }, element("a", { href: safeLink(each.link), "aria-label": `${t("see_place")}: ${each.text.slice(0, 20)}` }, t("see_place")))),
    ),
    found.figures.length > 0 &&
      element(
        "ul",
        { class: "plain-list" },
        found.figures.map((figure) =>
          element("li", {}, element("a", { href: safeLink(figure.citation.link) }, element("span", { lang: "zh-CN" }, figure.label)), ": ", figure.missing ? t(figure.missing) : `${figure.value} ${figure.unit ?? ""}`),
        ),
      ),
  ].filter(Boolean);
}

const count = (page, shown, isAll) => (shown === 0 ? "" : t(isAll ? "commitments_all" : "commitments_shown", { shown }));

function fill() {
  const years = [...new Set(agencies.flatMap((agency) => agency.years))].sort().reverse();
  fillSelect(form.elements.agency, agencies.map((agency) => [agency.id, agency.name]));
  fillSelect(form.elements.year, years.map((year) => [String(year), String(year)]));
  fillSelect(form.elements.theme, themes.map((theme) => [theme.id, theme[language()]]));
  fillSelect(form.elements.kind, ["problem", "commitment"].map((kind) => [kind, t(`kind_${kind}`)]));
}

setTitle("commitments");
onLanguage(fill);
try {
  const [bodies, subjects] = await Promise.all([listAgencies(), request("/v1/themes")]);
  agencies = bodies.items;
  themes = subjects.items;
  for (const theme of themes) themeNames.set(theme.id, theme);
} catch {
  // The list below says what is wrong.
}
fill();
restoreFilters(form);
startList({ path: "/v1/commitments", limit: 30, form, body: document.getElementById("list"), counter: document.getElementById("count"), show, count, none: "commitments_none" });
