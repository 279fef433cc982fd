// Finds a quotation in the paragraphs of a report and shows it there.

import { element } from "/static/element.js";
import { t } from "/static/i18n.js";

/**
 * The paragraphs that hold the quotation, its words marked, with the paragraph before and after; null if none do.
 * White space does not count, and a quotation may go over several paragraphs. `section` is looked in first.
 */
export function renderQuoted(report, { quote, section = null, block = null }) {
  const own = report.sections.filter((each) => each.path.join(" / ") === section);
  const paragraphs = [...own, ...report.sections.filter((each) => !own.includes(each))].flatMap((each) => each.paragraphs);
  const starts = [paragraphs.findIndex((each) => block !== null && each.place.block === block), 0].filter((at) => at >= 0);
  for (const start of starts) {
    const found = locate(paragraphs.slice(start).map((each) => each.text), quote);
    if (found) return draw(paragraphs, found.map((each) => ({ ...each, index: each.index + start })));
  }
  return null;
}

/** Where the quotation stands: [{index, start, end}] with one entry for each text, or null. */
export function locate(texts, quote) {
  const wanted = quote.replace(/\s+/g, "");
  if (!wanted) return null;
  // Many reports have long texts: one string of all characters that are no white space, and where each text begins in it.
  const plain = texts.map((text) => text.replace(/\s+/g, ""));
  const at = plain.join("").indexOf(wanted);
  if (at < 0) return null;
  const found = [];
  let begin = 0;
  for (const [index, text] of plain.entries()) {
    const from = Math.max(at - begin, 0);
    const to = Math.min(at + wanted.length - begin, text.length);
    if (from < to) found.push({ index, start: printedOffset(texts[index], from), end: printedOffset(texts[index], to - 1) + 1 });
    begin += text.length;
    if (begin >= at + wanted.length) break;
  }
  return found;
}

/** The offset in the text of its nth character that is no white space. */
function printedOffset(text, count) {
  let left = count;
  for (let offset = 0; offset < text.length; offset += 1) {
    if (/\s/.test(text[offset])) continue;
    if (left === 0) return offset;
    left -= 1;
  }
  return text.length;
}

function draw(paragraphs, found) {
  const beside = (index) => paragraphs[index] && element("p", { class: "context" }, paragraphs[index].text);
  return element(
    "blockquote",
    { lang: "zh-CN" },
    beside(found[0].index - 1),
    found.map(({ index, start, end }) => {
      const { text } = paragraphs[index];
      return element("p", {}, text.slice(0, start), element("mark", {}, text.slice(start, end)), text.slice(end));
    }),
    beside(found.at(-1).index + 1),
  );
}

/** The quotation alone. */
export function renderQuote(quote) {
  return element("blockquote", { lang: "zh-CN" }, element("p", {}, element("mark", {}, quote || t("printed_blank"))));
}
