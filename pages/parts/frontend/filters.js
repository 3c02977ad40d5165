// What narrows the order list. Every choice is a link that the server wrote; here they are only drawn and followed.

const TYPING_PAUSE = 250;
const LANGUAGE_PAUSE = 900; // a field's name and value take longer to write than a word

function heaps(list, ask) {
  return list.map((heap) => make("a", { href: heap.href, class: `${heap.key}${heap.none ? " none" : ""}`, "data-key": heap.key,
    "aria-current": heap.on ? "true" : null, onclick: seeing(ask) }, heap.title, make("b", {}, heap.count)));
}

function choiceList(group, ask, words) {
  const list = make("div", { role: "group", "aria-label": group.title }, group.choices.map((choice, index) => make("a", { href: choice.href,
    role: "menuitemcheckbox", "aria-checked": String(choice.on), "data-key": `${group.field}-${index}`, onclick: seeing(ask),
    onkeydown: (event) => { if (event.key === " ") { event.preventDefault(); event.currentTarget.click(); } } },
  make("span", { class: "tick", "aria-hidden": "true" }), make("span", { class: "grow" }, choice.title), make("span", { class: "count" }, choice.count))));
  if (!group.choices.length) return [make("p", {}, words.no_choices)];
  if (group.choices.length <= 12) return [list];
  const sieve = make("input", { class: "field", type: "search", placeholder: words.sieve, "aria-label": words.sieve, "data-key": `sieve-${group.field}`,
    oninput: () => { const part = sieve.value.toLocaleLowerCase(); for (const entry of list.children) entry.hidden = !entry.textContent.toLocaleLowerCase().includes(part); } });
  return [sieve, list];
}

function groupButton(state, group, ask, words) {
  return menuButton(state, group.field, { class: group.chosen ? "button down on" : "button down" },
    [group.title, group.chosen ? make("span", { class: "n" }, String(group.chosen)) : null].filter(Boolean), choiceList(group, ask, words));
}

// A form that is being filled in stays the same element when what is around it is drawn anew.
function kept(state, name, about, make) {
  const wanted = JSON.stringify(about);
  if (state.kept[name]?.wanted !== wanted) state.kept[name] = { wanted, node: make() };
  return state.kept[name].node;
}

function ranges(state, data) {
  const words = data.words;
  const field = (name, type, title, wide) => make("label", { class: wide ? "both" : "" }, title,
    make("input", { class: "field", name, type, value: data.ranges[name], inputmode: type === "text" && !wide ? "decimal" : null, "data-key": `range-${name}` }));
  return make("form", { class: "ranges", onsubmit: (event) => {
    event.preventDefault();
    state.ask("narrow", Object.fromEntries(new FormData(event.currentTarget)));
  } },
  field("placed_from", "date", words.placed_from), field("placed_to", "date", words.placed_to),
  field("total_from", "text", words.total_from), field("total_to", "text", words.total_to),
  field("product", "text", words.product, true), field("sku", "text", words.sku, true),
  make("button", { class: "button", type: "submit", "data-key": "range-go" }, words.apply));
}

function further(state, data, ask) {
  const inside = [kept(state, "ranges", [data.ranges, data.words], () => ranges(state, data)), ...(data.further ?? []).map((group) => {
    const one = make("details", { open: state.unfolded.has(group.field), ontoggle: () => { one.open ? state.unfolded.add(group.field) : state.unfolded.delete(group.field); } },
      make("summary", { "data-key": `summary-${group.field}` }, group.title, group.chosen ? make("span", { class: "num" }, String(group.chosen)) : null),
      ...choiceList(group, ask, data.words));
    return one;
  })];
  const chosen = data.further_chosen;
  return menuButton(state, "more", { class: chosen ? "button down on" : "button down", menu: "menu wide" },
    [data.words.more, chosen ? make("span", { class: "n" }, String(chosen)) : null].filter(Boolean), inside, () => { if (!data.further) ask("more", true); });
}

function narrow(state, node, data, ask) {
  const close = () => { node.classList.remove("open"); state.close?.(); };
  return [
    make("div", { class: "title" }, data.words.filters, make("button", { type: "button", "aria-label": data.words.close, onclick: close }, icon(...ICONS.cross))),
    ...data.groups.map((group) => groupButton(state, group, ask, data.words)),
    further(state, data, ask),
    data.sorts.length ? make("div", { class: "phone" }, menuButton(state, "sort", {}, data.words.sort, data.sorts.map((sort) => make("a", { href: sort.href, role: "menuitemradio",
      "aria-checked": String(sort.on), "data-key": `sort-${sort.title}`, onclick: seeing(ask) }, make("span", { class: "tick", "aria-hidden": "true" }), make("span", { class: "grow" }, sort.title))))) : null,
    make("button", { class: "button strong done", type: "button", onclick: close }, data.words.show),
  ];
}

function views(state, data, ask) {
  const naming = () => {
    const name = make("input", { class: "field", name: "name", required: true, maxlength: 60, placeholder: data.words.view_name, "aria-label": data.words.view_name, "data-key": "view-name" });
    return make("form", { class: "keep", onsubmit: (event) => { event.preventDefault(); state.ask("keep_view", name.value); name.value = ""; } },
      name, make("button", { class: "button", type: "submit", "data-key": "keep-view" }, data.words.keep_view));
  };
  const entries = (data.views ?? []).map((view) => make("div", { class: "view" },
    make("a", { href: view.href, "data-key": `view-${view.id}`, onclick: seeing(ask) }, make("span", { class: "grow" }, view.name), make("span", { class: "count" }, view.count)),
    make("button", { type: "button", "aria-label": view.drop, title: view.drop, "data-key": `drop-${view.id}`, onclick: () => ask("drop_view", view.id) }, icon(...ICONS.cross))));
  return menuButton(state, "views", { menu: "menu right" }, make("span", { class: "views-label" }, data.words.views), [
    ...(entries.length ? entries : [make("p", {}, data.words.no_views)]),
    kept(state, "naming", data.words, naming),
  ], () => ask("views", true));
}

// One click, one order: the button rests until the answer can be seen.
function placing(button, ask) {
  button.disabled = true;
  setTimeout(() => { button.disabled = false; }, 1500);
  ask("place", Date.now());
}

function actions(state, data, ask) {
  return [
    data.words.place_test ? make("button", { class: "button", type: "button", "data-key": "place", onclick: (event) => placing(event.currentTarget, ask), "aria-label": data.words.place_test },
      make("span", { class: "plus", "aria-hidden": "true" }, "+"), make("span", { class: "long" }, data.words.place_test)) : null,
    data.exports.length ? menuButton(state, "export", { menu: "menu right" }, data.words.export, [make("p", {}, data.words.export_explained),
      ...data.exports.map((file) => make("a", { href: file.href, download: true, "data-key": `export-${file.title}` }, file.title))]) : null,
  ];
}

function said(data, ask) {
  if (!data.said.length) return [];
  return [make("span", { class: "lead" }, data.words.orders_lead), ...data.said.map((part, index) => make("span", { class: "part" }, make("span", { title: part.text }, part.text),
    make("a", { href: part.href, "data-key": `said-${index}`, "aria-label": part.without, onclick: seeing(ask) }, icon(...ICONS.cross)))),
  make("a", { class: "clear", href: data.clear, "data-key": "clear", onclick: seeing(ask) }, data.words.clear)];
}

function searchBox(root, state, ask) {
  const input = root.querySelector("form.search input");
  const run = () => {
    clearTimeout(state.timer);
    const params = new URLSearchParams(location.search);
    const q = [state.box.rest, input.value.trim()].filter(Boolean).join(" ");
    if (q === (params.get("q") ?? "")) return;
    if (q) params.set("q", q); else params.delete("q");
    params.delete("page");
    const said = params.toString();
    see(location.pathname + (said ? `?${said}` : ""), ask, state.isTyping);
    state.isTyping = true;
  };
  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.isDirty = true;
    state.timer = setTimeout(run, input.value.includes(":") ? LANGUAGE_PAUSE : TYPING_PAUSE);
  });
  input.addEventListener("blur", () => { state.isTyping = false; if (state.isDirty) run(); state.isDirty = false; });
  root.querySelector("form.search").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
    state.isDirty = false;
    state.isTyping = false;
  });
}

// The box shows what the address says, but never takes away what a person is writing.
function fillBox(input, state, box) {
  if (state.isDirty) return;
  state.box = box;
  if (input.value !== box.text) input.value = box.text;
}

function shortcuts(root, state) {
  const listen = (event) => {
    const typing = event.composedPath().some((node) => ["INPUT", "TEXTAREA", "SELECT"].includes(node.tagName) || node.isContentEditable);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      root.querySelector("form.search input").focus();
    }
  };
  document.addEventListener("keydown", listen);
  const stop = closeMenusOutside(root, state);
  return () => { document.removeEventListener("keydown", listen); stop(); clearTimeout(state.timer); };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".filters");
  const part = (name) => root.querySelector(`.${name}`);
  const ask = setTriggerValue;
  const state = (root.state ??= { open: null, close: null, unfolded: new Set(), kept: {}, box: data.box, isDirty: false, isTyping: false, timer: 0 });
  if (!root.isReady) {
    root.isReady = true;
    part("search").prepend(icon(...ICONS.find));
    searchBox(root, state, (...what) => state.ask(...what));
    part("drawer-button").addEventListener("click", () => part("narrow").classList.add("open"));
    root.stop = shortcuts(root, state);
  }
  state.ask = ask;
  root.classList.toggle("bare", data.bare);
  part("title-text").textContent = data.words.title;
  const input = root.querySelector("form.search input");
  input.placeholder = data.words.search;
  input.setAttribute("aria-label", data.words.search_label);
  fillBox(input, state, data.box);
  section(part("actions"), [data.words, data.exports], () => actions(state, data, ask));
  part("heaps").setAttribute("aria-label", data.words.heaps);
  section(part("heaps"), [data.heaps, data.boards ?? []], ([list, boards]) => [...heaps(list, ask),
    ...boards.map((board) => make("a", { href: board.href, class: "board", "data-key": board.href, onclick: follow }, board.title))]);
  part("heaps").hidden = !data.heaps.length;
  section(part("views"), [data.views, data.words], () => data.views ? [views(state, data, ask)] : []);
  section(part("mistake"), data.mistake, (mistake) => mistake ? [mistake.sentence,
    mistake.href ? make("a", { href: mistake.href, onclick: seeing(ask) }, mistake.proposal) : null] : []);
  part("mistake").hidden = !data.mistake;
  section(part("drawer-button"), [data.words.filters, data.said.length], () => [icon(...ICONS.narrow), data.words.filters,
    data.said.length ? make("span", { class: "num" }, String(data.said.length)) : null]);
  section(part("narrow"), [data.groups, data.further, data.sorts, data.ranges, data.words], () => narrow(state, part("narrow"), data, ask));
  section(part("said"), [data.said, data.clear, data.words], () => said(data, ask));
  part("said").hidden = !data.said.length;
}
