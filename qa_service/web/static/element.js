// Makes elements. Text is only ever set as text: nothing here takes HTML.

/**
 * An element with properties and children. A property that is a function is an event listener ("onclick"), one with a
 * dash or a name that is no property an attribute; false, null and undefined are left out. Strings become text.
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
