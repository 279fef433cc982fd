// Takes answers out of the page: as text, as a link, as a file.

import { ask } from "/static/api.js";
import { element } from "/static/element.js";
import { markOf } from "/static/history.js";
import { t } from "/static/i18n.js";
import { safeLink } from "/static/safe-link.js";

const LONGEST_LINK = 4000;

/** The answer with its sources as plain text. */
export function renderPlain(question, answer) {
  const sources = answer.citations.map((each) => `[${each.id}] ${[each.title || each.agency_name, each.table || each.section, each.row, each.column].filter(Boolean).join(" › ")} ${new URL(safeLink(each.link), location.origin)}`);
  return [question, "", answer.answer, ...(sources.length > 0 ? ["", `${t("sources")}:`, ...sources] : []), "", t("method")].join("\n");
}

/**
 * A link that asks the same again: the question alone where it is answered the same by itself, otherwise with the
 * questions before it. Null where it would be too long.
 */
export async function makeLink(questions, answer) {
  const last = questions.at(-1);
  const alone = questions.length === 1 || (await ask(last, []).then((again) => again.answer === answer.answer, () => false));
  const link = new URL("/", location.origin);
  for (const question of alone ? [last] : questions) link.searchParams.append("q", question);
  link.searchParams.set("a", markOf(answer.answer));
  return link.href.length <= LONGEST_LINK ? link.href : null;
}

/** Copies a text; true if the browser let it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS there is no clipboard object; the old way needs a selection.
    const area = document.body.appendChild(element("textarea", { class: "only-read", "aria-hidden": "true", tabindex: "-1" }));
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Offers a text as a file. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const COLUMNS = ["agency", "agency_name", "year", "indicator", "label", "applicant", "value", "unit", "missing", "exactness", "origin", "formula"];

/** The figures of an answer as CSV with a BOM, each with its sources. */
export function figuresCsv(answer) {
  const links = (figure) => answer.citations.filter((each) => figure.citations.includes(each.id)).map((each) => new URL(safeLink(each.link), location.origin).href).join(" ");
  const rows = answer.figures.map((figure) => [...COLUMNS.map((column) => figure[column]), links(figure)]);
  return `\ufeff${[[...COLUMNS, "link"], ...rows].map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

function csvField(value) {
  let text = value === null || value === undefined ? "" : String(value);
  // What a spreadsheet may take for a formula; a number with its sign is none.
  if (/^[=@\t\r]|^[+-](?![\d.,]*$)(?!$)/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
