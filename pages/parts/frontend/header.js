// The bar at the top: where one is, where one can go, the language, light or dark, what must be known.
// Texts come in `data` and are set as text only.

const SCHEMES = ["System", "Light", "Dark"];
const SIGNS = { System: "◐", Light: "☀", Dark: "☾" };

// Streamlit keeps the choice of light or dark per path, and reads it at load.
function schemeKey(path) { return `stActiveTheme-${path}-v2`; }
function chosenScheme() {
  try { return JSON.parse(localStorage.getItem(schemeKey(location.pathname))) ?? "System"; } catch { return "System"; }
}
function choose(scheme, paths) {
  for (const path of paths) localStorage.setItem(schemeKey(path), JSON.stringify(scheme));
  location.reload();
}

// Whatever floats outside the app's own container follows the same scheme.
function spreadScheme() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
}

// Streamlit says on the app's element whether it reaches the server; a short gap is nobody's business.
function watchConnection(sign) {
  const app = document.querySelector('[data-testid="stApp"]');
  let waiting = 0;
  const look = () => {
    clearTimeout(waiting);
    if (app.dataset.testConnectionState === "CONNECTED") sign.hidden = true;
    else waiting = setTimeout(() => { sign.hidden = false; }, 1000);
  };
  new MutationObserver(look).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

function logo() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 22, height: 22, fill: "none", stroke: "currentColor",
    "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const d of ["M4 9.5 5.6 4h12.8L20 9.5", "M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0", "M5.5 13v7h13v-7", "M5.5 16.5h13"]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

function places(data) {
  return make("nav", { "aria-label": data.words.places },
    ...data.places.map((place) => make("a", { href: place.href, onclick: follow, "aria-current": place.here ? "page" : null }, place.title,
      place.count ? make("span", { class: place.failed ? "count bad" : "count", "aria-label": place.said }, String(place.count)) : null)));
}

function tools(data, say) {
  const scheme = chosenScheme();
  const next = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
  const language = data.languages.find((one) => one.code !== data.language);
  return make("div", { class: "tools" },
    make("button", { class: "tool", type: "button", lang: language.code, title: language.name, "aria-label": language.name, onclick: () => {
      document.cookie = `${data.cookie}=${language.code}; path=/; max-age=31536000; samesite=lax`;
      say("language", language.code);
    } }, language.code.toUpperCase()),
    make("button", { class: "tool glyph", type: "button", title: data.words[scheme], "aria-label": data.words[scheme],
      onclick: () => choose(next, data.paths) }, SIGNS[scheme]),
    data.settings ? make("a", { class: "tool glyph", href: data.settings.href, onclick: follow, title: data.settings.title,
      "aria-label": data.settings.title, "aria-current": data.settings.here ? "page" : null }, "⚙") : null);
}

function strip(data, ask) {
  const parts = [];
  if (data.demo) parts.push(make("span", {}, data.demo.sentence, make("button", { type: "button", onclick: ask }, data.demo.button)));
  if (data.mail) parts.push(make("span", {}, data.mail.sentence,
    data.mail.href ? make("a", { href: data.mail.href, onclick: follow }, data.mail.link) : null));
  return parts.length ? make("div", { class: "strip" }, make("div", {}, ...parts)) : null;
}

function question(demo, say) {
  const dialog = make("dialog", { "aria-labelledby": "own-title" },
    make("h2", { id: "own-title" }, demo.title), make("p", {}, demo.explained),
    make("div", { class: "ends" },
      make("button", { type: "button", onclick: () => dialog.close() }, demo.keep),
      make("button", { type: "button", class: "strong", onclick: () => { dialog.close(); say("own_shop", Date.now()); } }, demo.confirm)));
  return dialog;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".bar");
  const drawn = JSON.stringify(data);
  document.documentElement.lang = data.language;
  spreadScheme();
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  if (!root.offline) {
    root.offline = make("div", { class: "offline", role: "status", hidden: true });
    watchConnection(root.offline);
  }
  const nav = places(data);
  const menu = make("button", { class: "tool glyph menu-button", type: "button", "aria-label": data.words.menu, "aria-expanded": "false",
    onclick: () => menu.setAttribute("aria-expanded", String(nav.classList.toggle("open"))) }, "☰");
  const dialog = data.demo ? question(data.demo, setTriggerValue) : null;
  const notice = strip(data, () => dialog.showModal());
  root.replaceChildren(
    ...[notice].filter(Boolean),
    make("div", { class: "row" },
      make("a", { class: "brand", href: "/", onclick: follow }, logo(), make("span", {}, data.shop)), nav, tools(data, setTriggerValue), menu),
    ...[dialog, root.offline].filter(Boolean));
  root.offline.textContent = data.words.offline;
  // The notice scrolls away, the bar stays.
  document.documentElement.style.setProperty("--ct-strip", `${notice?.offsetHeight ?? 0}px`);
}
