// The page of indicators: what the forms ask for, and what can be compared with what.

import { request } from "/static/api.js";
import { element } from "/static/element.js";
import { onLanguage } from "/static/frame.js";
import { language, t } from "/static/i18n.js";
import { fillSelect, readFilters, restoreFilters, setTitle, whenChanged } from "/static/staff-list.js";

const EDITIONS = ["A", "B", "C"];
const TEXT = "text";
const form = document.getElementById("filters");
const body = document.getElementById("list");
const counter = document.getElementById("count");
let all = [];
let byId = new Map();

const nameOf = (indicator) => (language() === "zh" ? indicator.zh : indicator.en);
const editionsOf = (indicator) => EDITIONS.filter((edition) => edition in indicator.forms);

function fits(indicator, words, edition) {
  if (edition && (edition === TEXT ? editionsOf(indicator).length > 0 : !(edition in indicator.forms))) return false;
  const text = [indicator.id, indicator.zh, indicator.en, ...indicator.aliases_zh, ...indicator.aliases_en].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

function render() {
  const query = readFilters(form);
  history.replaceState(null, "", `${query.size > 0 ? `?${query}` : location.pathname}${location.hash}`);
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((indicator) => indicator.kind !== "group" && fits(indicator, words, query.get("form")));
  const groups = new Map();
  for (const indicator of found) {
    const root = rootOf(indicator);
    groups.set(root.id, [...(groups.get(root.id) ?? []), indicator]);
  }
  counter.textContent = t("indicators_count", { count: found.length });
  body.replaceChildren(
    ...[...groups].map(([root, members]) => renderGroup(byId.get(root), members)),
    ...(found.length === 0 ? [element("p", { class: "quiet" }, t("indicators_none"))] : []),
  );
  body.setAttribute("aria-busy", "false");
}

/** The outermost heading that it stands under; those of the running text stand together. */
function rootOf(indicator) {
  let root = indicator;
  while (root.parent && byId.has(root.parent)) root = byId.get(root.parent);
  return editionsOf(root).length === 0 && root.kind !== "group" ? { id: TEXT } : root;
}

function renderGroup(root, members) {
  return element("section", {}, element("h2", {}, root ? nameOf(root) : t("narrative_only")), members.map(renderIndicator));
}

function renderIndicator(indicator) {
  const editions = editionsOf(indicator);
  const details = element(
    "details",
    { class: "indicator", id: indicator.id },
    element(
      "summary",
      {},
      element("span", { class: "name" }, nameOf(indicator)),
      indicator.unit && element("span", { class: "quiet small", lang: "zh-CN" }, ` ${indicator.unit}`),
      element("span", { class: "tags" }, editions.length > 0 ? editions.map((edition) => [" ", element("span", { class: "tag" }, edition)]) : [" ", element("span", { class: "tag" }, t("narrative_only"))]),
    ),
  );
  // Two hundred entries: what is inside one is made when it is opened.
  details.addEventListener("toggle", () => details.open && details.children.length === 1 && details.append(renderDetail(indicator)));
  return details;
}

function renderDetail(indicator) {
  const other = language() === "zh" ? indicator.en : indicator.zh;
  const terms = [
    [language() === "zh" ? "English" : "中文", element("span", { lang: language() === "zh" ? "en" : "zh-CN" }, other)],
    ...editionsOf(indicator).map((edition) => [t("printed_as", { edition }), element("span", { lang: "zh-CN" }, formWords(indicator.forms[edition]))]),
    indicator.unit_note && [t("unit"), indicator.unit_note],
    indicator.dims.includes("applicant") && [t("note"), t("by_applicant")],
    indicator.sum_of.length > 0 && [t("sum_of"), linkList(indicator.sum_of)],
    indicator.comparable_with.length > 0 && [t("comparable"), element("ul", { class: "plain-list" }, indicator.comparable_with.map(renderComparable))],
    indicator.do_not_confuse_with.length > 0 && [t("confuse"), linkList(indicator.do_not_confuse_with)],
    indicator.aliases_zh.length > 0 && [t("also_called"), element("span", { lang: "zh-CN" }, indicator.aliases_zh.join("、"))],
    indicator.note && [t("note"), indicator.note],
  ];
  return element(
    "div",
    { class: "detail" },
    element("dl", {}, terms.filter(Boolean).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    element("p", { class: "small" }, element("code", {}, indicator.id), " · ", element("a", { href: `/v1/figures?indicator=${encodeURIComponent(indicator.id)}&format=csv&bom=1` }, t("figures_csv"))),
  );
}

const formWords = (cell) => [cell.column_group, cell.label, cell.column].filter(Boolean).join(" / ");

function renderComparable(link) {
  const level = { comparable: "good", not_comparable: "bad" }[link.level] ?? "warn";
  return element("li", {}, element("span", { class: `tag ${level}` }, t(`level_${link.level}`)), " ", linkTo(link.id), link.note && element("span", { class: "quiet small" }, ` ${link.note}`));
}

const linkList = (ids) => element("ul", { class: "plain-list" }, ids.map((id) => element("li", {}, linkTo(id))));

function linkTo(id) {
  const indicator = byId.get(id);
  const editions = indicator ? editionsOf(indicator).join(" ") : "";
  return element("a", { href: `#${id}` }, indicator ? `${nameOf(indicator)}${editions ? ` (${editions})` : ""}` : id);
}

/** Opens the entry that the address names; one that the filters hide is shown by taking them away. */
function openNamed() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!byId.has(id)) return;
  if (!document.getElementById(id)) {
    form.reset();
    render();
  }
  const entry = document.getElementById(id);
  if (!entry) return;
  entry.open = true;
  entry.scrollIntoView({ block: "center" });
}

function fill() {
  fillSelect(form.elements.form, [...EDITIONS.map((edition) => [edition, t(`edition_long_${edition}`)]), [TEXT, t("narrative_only")]]);
}

setTitle("indicators");
fill();
restoreFilters(form);
try {
  all = (await request("/v1/indicators")).items;
  byId = new Map(all.map((indicator) => [indicator.id, indicator]));
  render();
  openNamed();
  whenChanged(form, render);
  addEventListener("hashchange", openNamed);
  onLanguage(() => {
    fill();
    render();
  });
} catch (problem) {
  body.replaceChildren(element("p", { class: "problem", role: "alert" }, t("failed", { detail: problem.message })));
  body.setAttribute("aria-busy", "false");
}
