// What all our pieces share: making elements, going to an address, menus that open and close.
// Data is only ever set as text or as an attribute of ours; nothing is parsed as HTML.

function make(tag, attributes, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.flat(Infinity).filter((part) => part !== null && part !== undefined && part !== ""));
  return node;
}

function icon(...lines) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 16, height: 16, fill: "none", stroke: "currentColor",
    "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const d of lines) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
const ICONS = {
  find: ["M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z", "m20 20-4-4"],
  look: ["M4 5h16v14H4z", "M14 5v14"],
  cross: ["M6 6l12 12", "M18 6 6 18"],
  left: ["m15 6-6 6 6 6"],
  right: ["m9 6 6 6-6 6"],
  narrow: ["M4 6h16", "M7 12h10", "M10 18h4"],
};

// A click that the browser should treat in its own way: new tab, new window, download.
function isTheirs(event) {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

// Another screen, within this session.
function goTo(href) {
  history.pushState({}, "", href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

function follow(event) {
  if (isTheirs(event)) return;
  event.preventDefault();
  goTo(event.currentTarget.getAttribute("href"));
}

// The same list seen otherwise. The address changes here, so that it is our choice what Back goes back to; the server
// is told it, because Streamlit sends along only the addresses that it knows.
function see(href, ask, replacing) {
  if (replacing) history.replaceState({}, "", href);
  else history.pushState({}, "", href);
  window.dispatchEvent(new CustomEvent("comptoir:asked"));
  ask("asked", href);
}

function seeing(ask) {
  return (event) => {
    if (isTheirs(event)) return;
    event.preventDefault();
    see(event.currentTarget.getAttribute("href"), ask);
  };
}

function badge(status) {
  return make("span", { class: `badge ${status.role}` }, make("span", { class: "sign", "aria-hidden": "true" }, status.sign), status.word);
}

// Draw a section anew only if its data changed; what had the focus there gets it back.
function section(node, data, draw) {
  const wanted = JSON.stringify(data);
  if (node.drawn === wanted) return;
  node.drawn = wanted;
  const root = node.getRootNode();
  const held = node.contains(root.activeElement) ? root.activeElement.dataset.key : null;
  node.replaceChildren(...[draw(data)].flat().filter(Boolean));
  if (held) [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === held)?.focus({ preventScroll: true });
}

// A menu that would leave the window at the right opens to the left.
function stayInside(menu) {
  menu.classList.remove("turned");
  if (menu.getBoundingClientRect().right > window.innerWidth - 8) menu.classList.add("turned");
}

// One menu is open at a time; Escape, a click elsewhere and leaving by Tab close it.
function menuButton(state, key, attributes, label, inside, onOpen) {
  const menu = make("div", { class: attributes.menu ?? "menu", id: `menu-${key}` }, ...inside);
  const button = make("button", { type: "button", class: attributes.class ?? "button down", "data-key": `button-${key}`, "aria-haspopup": "true",
    "aria-expanded": "false", "aria-controls": `menu-${key}`, onclick: () => show(state.open !== key) }, ...[label].flat());
  const holder = make("div", { class: "holder" }, button, menu);
  function show(open) {
    if (open && state.close && state.open !== key) state.close();
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) { state.open = key; state.close = () => show(false); stayInside(menu); onOpen?.(); }
    else if (state.open === key) { state.open = null; state.close = null; }
  }
  holder.addEventListener("keydown", (event) => {
    const entries = [...menu.querySelectorAll("a, button, input, summary")].filter((one) => one.offsetParent);
    const at = entries.indexOf(holder.getRootNode().activeElement);
    if (event.key === "Escape" && state.open === key) { event.stopPropagation(); show(false); button.focus(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); if (state.open !== key) show(true); (entries[at + 1] ?? entries[0])?.focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (entries[at - 1] ?? entries.at(-1)).focus(); }
  });
  menu.hidden = state.open !== key;
  if (state.open === key) { queueMicrotask(() => stayInside(menu)); button.setAttribute("aria-expanded", "true"); state.close = () => show(false); }
  return holder;
}

function closeMenusOutside(root, state) {
  const close = (event) => {
    const path = event.composedPath();
    if (state.open && !path.some((node) => node.classList?.contains("holder") && root.contains(node))) state.close?.();
  };
  document.addEventListener("pointerdown", close);
  return () => document.removeEventListener("pointerdown", close);
}
