// A page of a report's file as a picture, with frames around what is cited.

import { request } from "/static/api.js";
import { element } from "/static/element.js";
import { t } from "/static/i18n.js";

// Around the lines of a quotation, in points; and pixels for a point at which print can still be read.
const LINE_MARGIN = 14;
const SMALLEST_SCALE = 0.58;
const SVG = "http://www.w3.org/2000/svg";

/**
 * A figure that shows one page and lets one turn pages. `bbox`: the cell, or the paragraph of `quote`, in points; `heads`:
 * boxes of headings on the first page; `text`: what is framed, in words. Rejects with what the service says where the page cannot be shown.
 */
export async function renderPage(report, { page, bbox = null, quote = "", heads = [], text = "" }) {
  const first = await findPage(report, page, bbox, quote);
  const figure = element("figure", { class: "page-figure" });
  draw(figure, first, { report, quote, text, heads: first.page === page ? heads : [], asked: page, isFirst: true });
  return figure;
}

function findPage(report, page, bbox, quote) {
  const query = new URLSearchParams();
  if (bbox) query.set("bbox", bbox.map((value) => value.toFixed(2)).join(","));
  if (quote) query.set("quote", quote.slice(0, 4000));
  return request(`/v1/reports/${encodeURIComponent(report)}/pages/${page}?${query}`);
}

function draw(figure, view, context) {
  const frame = element("div", { class: "page-frame", tabindex: "0", role: "region", "aria-label": t("page_scroll") });
  const picture = element("img", {
    src: view.picture,
    width: Math.round(view.width),
    height: Math.round(view.height),
    alt: t("page_alt", { n: view.page, text: context.text || context.quote || "–" }),
  });
  frame.append(element("div", { class: "sheet" }, picture, overlay(view, context.heads)));
  const note = describe(view, context);
  const larger = element("button", { type: "button", class: "plain", onclick: () => enlarge() }, t("page_larger"));
  const enlarge = () => {
    const isWhole = frame.classList.toggle("whole");
    frame.querySelector(".sheet").style.width = "";
    larger.textContent = t(isWhole ? "page_larger" : "page_whole");
    showMarks(frame);
  };
  larger.textContent = t("page_whole");
  figure.replaceChildren(
    frame,
    element(
      "figcaption",
      {},
      element("span", { class: "page-number" }, t("page_of", { n: view.page, pages: view.pages })),
      turnTo(figure, view.page - 1, view, context, "page_before"),
      turnTo(figure, view.page + 1, view, context, "page_after"),
      larger,
      element("a", { href: `/v1/reports/${encodeURIComponent(context.report)}/file`, download: true }, t("original_download")),
    ),
    ...(note ? [element("p", { class: "page-note small quiet" }, note)] : []),
  );
  // The size of the picture is known before it is there, so the frame can scroll at once.
  requestAnimationFrame(() => {
    if (context.quote && view.marks.length > 0) fitLines(frame, view);
    showMarks(frame);
  });
}

function describe(view, context) {
  if (context.isFirst && view.page !== context.asked) return t("page_later");
  if (view.continued_on) return t("page_goes_on", { n: view.continued_on });
  if (view.marks.length > 0 && !view.whole) return t("page_part");
  return context.quote && view.marks.length === 0 ? t("page_none") : null;
}

function turnTo(figure, page, view, context, words) {
  const button = element("button", { type: "button", class: "plain", disabled: page < 1 || page > view.pages }, t(words));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const next = await findPage(context.report, page, null, context.quote);
      draw(figure, next, { ...context, heads: [], isFirst: false });
      figure.querySelector(".page-frame").focus({ preventScroll: true });
    } catch (problem) {
      figure.append(element("p", { class: "problem", role: "alert" }, problem.message));
    }
  });
  return button;
}

/** Frames over the picture, in the page's own points: exact at every size. */
function overlay(view, heads) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
  svg.setAttribute("aria-hidden", "true");
  for (const box of heads) svg.append(frameOf(box, "page-head", 0));
  for (const box of view.marks) svg.append(frameOf(box, "page-mark", 1));
  return svg;
}

function frameOf([x0, top, x1, bottom], name, room) {
  const rectangle = document.createElementNS(SVG, "rect");
  const values = { class: name, x: x0 - room, y: top - room, width: x1 - x0 + 2 * room, height: bottom - top + 2 * room, rx: 1 };
  for (const [key, value] of Object.entries(values)) rectangle.setAttribute(key, value);
  return rectangle;
}

/** On a narrow screen: makes the lines of a quotation as wide as the frame, as long as they can be read then. */
function fitLines(frame, view) {
  const sheet = frame.querySelector(".sheet");
  const left = Math.min(...view.marks.map((box) => box[0])) - LINE_MARGIN;
  const right = Math.max(...view.marks.map((box) => box[2])) + LINE_MARGIN;
  const width = (frame.clientWidth * view.width) / (right - left);
  if (width < sheet.clientWidth) sheet.style.width = `${Math.max(width, frame.clientWidth, SMALLEST_SCALE * view.width)}px`;
}

/** Scrolls the frame so that the first mark stands in the middle, without moving the page around it. */
function showMarks(frame) {
  const marks = [...frame.querySelectorAll(".page-mark")].map((mark) => mark.getBoundingClientRect());
  if (marks.length === 0) return;
  const outer = frame.getBoundingClientRect();
  const left = Math.min(...marks.map((mark) => mark.left));
  const width = Math.max(...marks.map((mark) => mark.right)) - left;
  frame.scrollTop += marks[0].top - outer.top - (frame.clientHeight - marks[0].height) / 2;
  frame.scrollLeft += left - outer.left - Math.max(12, (frame.clientWidth - width) / 2);
}
