// Redraws a table of a report with its merged cells, and marks cells in it.

import { element } from "/static/element.js";
import { t } from "/static/i18n.js";

/**
 * A scrollable table. `marked` holds the [row, column] of cited cells, `failing` of cells in an identity that fails.
 * `prefix` makes cell ids ("cell-t1-5-2") unique where one page shows a table twice.
 */
export function renderTable(table, { marked = [], failing = [], prefix = "" } = {}) {
  const rows = Array.from({ length: table.rows }, () => []);
  for (const cell of table.cells) rows[cell.row].push(cell);
  const context = {
    table,
    prefix,
    marked: table.cells.filter((cell) => marked.some(([row, column]) => covers(cell, row, column))),
    failing: table.cells.filter((cell) => failing.some(([row, column]) => covers(cell, row, column))),
  };
  const row = (cells) => element("tr", {}, cells.sort((a, b) => a.column - b.column).map((cell) => renderCell(cell, context)));
  const head = rows.slice(0, table.head_rows);
  return element(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": table.caption || t("scroll_table") },
    element(
      "table",
      { class: "printed" },
      table.caption && element("caption", {}, table.caption),
      head.length > 0 && element("thead", {}, head.map(row)),
      element("tbody", {}, rows.slice(table.head_rows).map(row)),
    ),
  );
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

function renderCell(cell, { table, prefix, marked, failing }) {
  const inHead = cell.row < table.head_rows;
  const isRowHead = !inHead && cell.column < table.head_columns;
  const isCited = marked.includes(cell);
  const classes = [
    isCited && "cited",
    failing.includes(cell) && "failing",
    !isCited && (inHead || isRowHead) && marked.some((other) => heads(cell, other, inHead)) && "cited-head",
    cell.unreadable && "unreadable",
    !inHead && !isRowHead && "value",
  ].filter(Boolean);
  return element(
    inHead || isRowHead ? "th" : "td",
    {
      id: `${prefix}cell-${table.id}-${cell.row}-${cell.column}`,
      class: classes.join(" ") || null,
      scope: inHead ? (cell.column_span > 1 ? "colgroup" : "col") : isRowHead ? (cell.row_span > 1 ? "rowgroup" : "row") : null,
      rowspan: cell.row_span > 1 ? cell.row_span : null,
      colspan: cell.column_span > 1 ? cell.column_span : null,
      title: cell.unreadable,
    },
    isCited ? element("mark", {}, cell.text.trim() || t("printed_blank")) : cell.text,
    isCited && element("span", { class: "only-read" }, ` (${t("cited_cell")})`),
  );
}

function covers(cell, row, column) {
  return cell.row <= row && row < cell.row + cell.row_span && cell.column <= column && column < cell.column + cell.column_span;
}

/** Whether the heading cell stands over the other cell, or to its left. */
function heads(cell, other, inHead) {
  return inHead
    ? cell.column < other.column + other.column_span && other.column < cell.column + cell.column_span
    : cell.row < other.row + other.row_span && other.row < cell.row + cell.row_span && cell.column < other.column;
}
