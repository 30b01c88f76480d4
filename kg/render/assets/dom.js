// Builds elements. Text only ever becomes text nodes: no name or sentence can turn into markup.

const byId = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children (elements or strings). */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A name from the data: kept apart, so that its writing direction can't turn the text around it. */
function nameOf(text) {
  return el("bdi", {}, text);
}

/** A small picture of a class's shape, in its colour. */
function swatch(style) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.2 -1.2 2.4 2.4");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", style.outline);
  path.setAttribute("fill", style.hollow ? "none" : style.colour);
  path.setAttribute("stroke", style.colour);
  path.setAttribute("stroke-width", style.hollow ? "0.4" : "0");
  svg.append(path);
  return svg;
}

/** Reads one of the page's data blocks. */
function readBlock(id) {
  return JSON.parse(byId(id).textContent);
}

/** Tells screen readers what happened, and shows it for a moment where asked. */
function announce(text, { visibly = false } = {}) {
  byId("live").textContent = text;
  if (!visibly) return;
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => { toast.hidden = true; }, 2600);
}

/** Calls `action` once things have been quiet for `delay` milliseconds. */
function settled(action, delay) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(action, delay); };
}
