// A figure of which the edge of a scrolled table hides a digit is another figure to the eye: 61 reads as 1. Such a cell is hatched.

const ROOM = 1;

/** Keeps the cells of a scrolling frame up to date: those that are partly hidden have the class "cut". */
export function watchCut(frame) {
  let isDue = false;
  const later = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      update(frame);
    });
  };
  frame.addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(frame);
}

function update(frame) {
  const outer = frame.getBoundingClientRect();
  const isWide = frame.scrollWidth > frame.clientWidth + ROOM;
  const right = outer.left + frame.clientLeft + frame.clientWidth;
  for (const row of frame.querySelectorAll("tbody tr")) {
    const label = isWide ? row.querySelector(".stick") : null;
    const left = label ? label.getBoundingClientRect().right : outer.left;
    for (const cell of row.querySelectorAll("td.value")) {
      const box = isWide ? cell.getBoundingClientRect() : null;
      const isCut = box !== null && box.right > left && box.left < right && (box.left < left - ROOM || box.right > right + ROOM);
      cell.classList.toggle("cut", isCut);
    }
  }
}
