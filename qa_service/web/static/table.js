// Redraws a table of a report with its merged cells, and marks cells in it.

import { element } from "/static/element.js";
import { t } from "/static/i18n.js";
import { watchCut } from "/static/table-cut.js";

/**
 * A scrollable table. `marked` holds the [row, column] of cited cells, `failing` of cells in an identity that fails.
 * `prefix` makes cell ids ("cell-t1-5-2") unique where one page shows a table twice.
 */
export function renderTable(table, { marked = [], failing = [], prefix = "" } = {}) {
  const rows = Array.from({ length: table.rows }, () => []);
  for (const cell of table.cells) rows[cell.row].push(cell);
  const cited = table.cells.filter((cell) => marked.some(([row, column]) => covers(cell, row, column)));
  const context = {
    table,
    prefix,
    cited,
    heads: cited.flatMap((cell) => headsOf(table, cell)),
    failing: table.cells.filter((cell) => failing.some(([row, column]) => covers(cell, row, column))),
    firstFigure: firstFigureColumn(table),
    // A figure in the first column has no row heads; a wide label would hide the figures that it is to explain.
    sticks: stickyHeads(table),
  };
  const row = (cells) => element("tr", {}, cells.sort((a, b) => a.column - b.column).map((cell) => renderCell(cell, context)));
  const head = rows.slice(0, table.head_rows);
  const frame = element(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": table.caption || t("scroll_table") },
    element(
      "table",
      { class: "printed" },
      table.caption && element("caption", {}, element("span", {}, table.caption)),
      head.length > 0 && element("thead", {}, head.map(row)),
      element("tbody", {}, rows.slice(table.head_rows).map(row)),
    ),
  );
  watchCut(frame);
  return frame;
}

/** The heading cells of the cell that covers a place of the grid; [] where there is none. */
export function findHeads(table, row, column) {
  const cell = table.cells.find((each) => covers(each, row, column));
  return cell ? headsOf(table, cell) : [];
}

function headsOf(table, cell) {
  return [...rowHeads(table, cell), ...columnHeads(table, cell)];
}

function firstFigureColumn(table) {
  return Math.min(...table.cells.filter((cell) => cell.figure).map((cell) => cell.column));
}

/** The cells that stay at the edge when the table is scrolled sideways: the labels next to the figures, and a corner as narrow. */
function stickyHeads(table) {
  const first = firstFigureColumn(table);
  if (!Number.isFinite(first) || first === 0) return [];
  return table.cells.filter((cell) => !cell.figure && cell.column < first && cell.column + cell.column_span === first && (cell.row >= table.head_rows || cell.column_span === 1));
}

/** Scrolls the frame so that its marked cell stands in the middle, without moving the page. */
export function showMarked(frame) {
  const cell = frame.querySelector(".cited");
  if (!cell) return;
  const outer = frame.getBoundingClientRect();
  const inner = cell.getBoundingClientRect();
  frame.scrollTop += inner.top - outer.top - (frame.clientHeight - inner.height) / 2;
  frame.scrollLeft += inner.left - outer.left - (frame.clientWidth - inner.width) / 2;
}

function renderCell(cell, { table, prefix, cited, heads, failing, firstFigure, sticks }) {
  const isCited = cited.includes(cell);
  const scope = findScope(cell, table, firstFigure);
  const classes = [
    isCited && "cited",
    !isCited && heads.includes(cell) && "cited-head",
    failing.includes(cell) && "failing",
    cell.unreadable && "unreadable",
    cell.figure && "value",
    !scope && !cell.figure && isLabel(cell, table, firstFigure) && "blank-label",
    sticks.includes(cell) && "stick",
    indentOf(cell),
  ].filter(Boolean);
  return element(
    scope ? "th" : "td",
    {
      id: `${prefix}cell-${table.id}-${cell.row}-${cell.column}`,
      class: classes.join(" ") || null,
      scope,
      rowspan: cell.row_span > 1 ? cell.row_span : null,
      colspan: cell.column_span > 1 ? cell.column_span : null,
      title: cell.unreadable,
    },
    isCited ? element("mark", {}, cell.text.trim() || t("printed_blank")) : renderWords(cell, table),
    isCited && element("span", { class: "only-read" }, ` (${t("cited_cell")})`),
  );
}

/** A heading over several columns keeps its words in view as long as one of them is. */
function renderWords(cell, table) {
  const words = cell.text.trim();
  return cell.row < table.head_rows && cell.column_span > 1 ? element("span", { class: "slide" }, words) : words;
}

/** Full-width blanks before a label say how deep it stands: a distance keeps that where the label takes several lines. */
function indentOf(cell) {
  const blanks = /^[\s\u3000]*/.exec(cell.text)[0].replace(/[^ \u3000]/g, "");
  const depth = Math.ceil([...blanks].reduce((sum, blank) => sum + (blank === "\u3000" ? 1 : 0.5), 0) / 2);
  return !cell.figure && depth > 0 && cell.text.trim() ? `indent-${Math.min(depth, 4)}` : null;
}

/** Whether a cell stands where rows are named, left of all figures. */
function isLabel(cell, table, firstFigure) {
  return cell.row >= table.head_rows && cell.column + cell.column_span <= firstFigure;
}

/** What a cell is the heading of: columns, rows, or null for a figure and for a blank. */
function findScope(cell, table, firstFigure) {
  if (cell.figure || !cell.text.trim() || !Number.isFinite(firstFigure)) return null;
  if (isLabel(cell, table, firstFigure)) return cell.row_span > 1 ? "rowgroup" : "row";
  return cell.column_span > 1 ? "colgroup" : "col";
}

function covers(cell, row, column) {
  return cell.row <= row && row < cell.row + cell.row_span && cell.column <= column && column < cell.column + cell.column_span;
}

/** The headings to the left of a figure. Where a file has undone a merging, its text stands in the first row alone. */
function rowHeads(table, figure) {
  const beside = table.cells.filter(
    (cell) => !cell.figure && cell.column < figure.column && cell.row < figure.row + figure.row_span && figure.row < cell.row + cell.row_span,
  );
  return beside.map((cell) => {
    if (cell.text.trim()) return cell;
    const above = table.cells.filter((other) => other.column === cell.column && other.row < cell.row && other.row >= table.head_rows);
    return above.sort((a, b) => b.row - a.row).find((other) => other.text.trim()) ?? cell;
  });
}

/** The headings above a figure: the nearest cells with text over it, up to the figures of another part of the table. */
function columnHeads(table, figure) {
  const above = table.cells
    .filter((cell) => cell.row < figure.row && cell.column < figure.column + figure.column_span && figure.column < cell.column + cell.column_span)
    .sort((a, b) => b.row - a.row);
  const start = above.findIndex((cell) => !cell.figure && cell.text.trim());
  if (start < 0) return [];
  const end = above.findIndex((cell, index) => index > start && cell.figure);
  return above.slice(start, end < 0 ? undefined : end).filter((cell) => cell.text.trim());
}
