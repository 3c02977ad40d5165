// The editor of the SQL workbench. The field is a plain textarea, see-through over the same text painted in colours: so
// selecting, undo, spelling of accents and screen readers are the browser's own. Text is only ever set as text.

const TOKEN = /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?)|(\$[A-Za-z_]\w*)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*)/g;
const PAUSE = 600; // milliseconds of rest until the server is told of parameters that were typed

function kindOf(match, text, known) {
  if (match[1]) return "comment";
  if (match[2]) return "text";
  if (match[4]) return "parameter";
  if (match[5]) return "number";
  const word = (match[6] ?? "").toLowerCase();
  if (!word) return "";
  if (known.words.has(word)) return "word";
  if (/^\s*\(/.test(text.slice(match.index + word.length, match.index + word.length + 8)) && known.functions.has(word)) return "function";
  return known.views.has(word) ? "view" : "";
}

// Pieces of the text: where each begins and ends, and what it is.
function pieces(text, known) {
  const found = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) found.push([at, match.index, ""]);
    at = match.index + match[0].length;
    found.push([match.index, at, kindOf(match, text, known)]);
  }
  if (at < text.length) found.push([at, text.length, ""]);
  return found;
}

function paint(node, text, known, wrong) {
  const line = () => make("span", { class: "line" });
  const lines = [line()];
  const put = (part, kind, isWrong) => part.split("\n").forEach((bit, index) => {
    if (index) lines.push(line());
    if (bit) lines.at(-1).append(kind || isWrong ? make("span", { class: `${kind ? `t-${kind}` : ""}${isWrong ? " wrong" : ""}`.trim() }, bit) : document.createTextNode(bit));
  });
  for (const [from, to, kind] of pieces(text, known)) {
    const cut = wrong ? [from, Math.max(from, Math.min(to, wrong[0])), Math.max(from, Math.min(to, wrong[1])), to] : [from, to, to, to];
    put(text.slice(cut[0], cut[1]), kind, false);
    put(text.slice(cut[1], cut[2]), kind, true);
    put(text.slice(cut[2], cut[3]), kind, false);
  }
  if (wrong && wrong[0] >= text.length) lines.at(-1).append(make("span", { class: "wrong end" }));
  node.replaceChildren(...lines);
}

// The views that a text reads from, with the short names it gives them: {o: "orders"}.
function readFrom(text, known) {
  const found = {};
  for (const [, view, name] of text.matchAll(/\b(?:from|join|,)\s+([a-z_]\w*)(?:\s+(?:as\s+)?([a-z_]\w*))?/gi)) {
    const one = view.toLowerCase();
    if (!known.views.has(one)) continue;
    found[one] = one;
    if (name && !known.words.has(name.toLowerCase())) found[name.toLowerCase()] = one;
  }
  return found;
}

function offersFor(text, caret, known, asked) {
  const before = text.slice(0, caret);
  const last = [...before.matchAll(TOKEN)].at(-1);
  if (last && (last[1] || last[2]) && last.index + last[0].length >= caret && !/\n$/.test(before)) return null; // in a text or a comment
  const [, holder, word] = before.match(/(?:\b([A-Za-z_]\w*)\.)?([A-Za-z_$]\w*)?$/) ?? [];
  const begun = (word ?? "").toLowerCase();
  if (!asked && !holder && begun.length < 2) return null;
  const read = readFrom(text, known);
  const columns = (view) => known.view[view].columns.map((one) => ({ name: one.name, about: one.type, more: one.sentence, view }));
  let all;
  if (holder) all = read[holder.toLowerCase()] ? columns(read[holder.toLowerCase()]) : [];
  else if (/\b(?:from|join)\s+\w*$/i.test(before)) all = Object.values(known.view).map((view) => ({ name: view.name, about: known.said.view, more: view.sentence }));
  else {
    all = [...new Set(Object.values(read))].flatMap(columns);
    all.push(...Object.keys(read).map((name) => ({ name, about: known.said.view, more: known.view[read[name]].sentence })));
    all.push(...[...known.functions].map((name) => ({ name, about: known.said.function, after: "(" })));
    all.push(...[...known.words].map((name) => ({ name, about: "" })));
    if (!Object.keys(read).length) all.push(...Object.values(known.view).map((view) => ({ name: view.name, about: known.said.view, more: view.sentence })));
  }
  const seen = new Set();
  const fitting = all.filter((one) => one.name.includes(begun) && !seen.has(one.name) && seen.add(one.name))
    .map((one, index) => [one.name.startsWith(begun) ? 0 : 1, index, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[2]).slice(0, 40);
  if (!fitting.length || (fitting.length >= 1 && fitting[0].name === begun && !asked)) return null;
  return { from: caret - begun.length, offers: fitting };
}

class Editor {
  constructor(root, ask) {
    this.root = root;
    this.field = root.querySelector("textarea");
    this.paper = root.querySelector(".paint");
    this.box = root.querySelector(".offers");
    this.revision = null;
    this.told = "";
    this.ask = ask;
    this.field.addEventListener("input", () => { this.draw(); this.offer(false); this.rest(); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("click", () => this.shut());
    this.field.addEventListener("blur", () => { setTimeout(() => this.shut(), 150); this.tell(); });
  }

  take(data) {
    this.data = data;
    const views = Object.fromEntries(data.views.map((view) => [view.name, view]));
    this.known = { view: views, views: new Set(Object.keys(views)), functions: new Set(data.functions), words: new Set(data.keywords), said: data.words };
    if (data.revision !== this.revision) {
      this.revision = data.revision;
      this.field.value = data.text;
      this.told = data.text;
    }
    this.field.setAttribute("aria-label", data.words.label);
    this.field.placeholder = data.words.placeholder;
    this.draw();
  }

  draw() {
    const text = this.field.value;
    const fault = this.data.fault;
    const isSame = fault?.place && fault.text === text;
    paint(this.paper, text, this.known, isSame ? [fault.place.position, fault.place.position + fault.place.length] : null);
    this.field.setAttribute("aria-invalid", String(Boolean(isSame)));
    this.root.querySelector(".fault").classList.toggle("old", Boolean(fault) && fault.text !== text);
  }

  // Put a text in the place of what is selected, so that Ctrl+Z takes it back.
  put(text, from = this.field.selectionStart, to = this.field.selectionEnd) {
    this.field.focus();
    this.field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      this.field.setRangeText(text, from, to, "end");
      this.draw();
    }
  }

  rest() {
    clearTimeout(this.timer);
    const named = (text) => JSON.stringify([...new Set(text.match(/\$[A-Za-z_]\w*/g) ?? [])]);
    this.timer = setTimeout(() => { if (named(this.field.value) !== named(this.told)) this.tell(); }, PAUSE);
  }

  tell() {
    if (this.field.value === this.told) return;
    this.told = this.field.value;
    this.ask("text", this.told);
  }

  run(what) {
    this.shut();
    clearTimeout(this.timer);
    this.told = this.field.value;
    this.ask(what, { text: this.told, at: Date.now() });
  }

  key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.run("run"); return; }
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); this.offer(true); return; }
    if (event.key === "/" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.comment(); return; }
    if (this.box.hidden) {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.put(`\n${this.indent()}`); }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); this.choose(this.chosen + step); }
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); this.accept(this.chosen); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.shut(); }
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.shut();
  }

  indent() {
    return this.field.value.slice(0, this.field.selectionStart).split("\n").at(-1).match(/^ */)[0];
  }

  // Every line that is selected becomes a comment, or is one no more.
  comment() {
    const { value, selectionStart, selectionEnd } = this.field;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", selectionEnd);
    const to = next < 0 ? value.length : next;
    const lines = value.slice(from, to).split("\n");
    const are = lines.every((line) => !line.trim() || /^\s*--/.test(line));
    this.put(lines.map((line) => (are ? line.replace(/^(\s*)-- ?/, "$1") : line.trim() ? `-- ${line}` : line)).join("\n"), from, to);
  }

  offer(asked) {
    const found = this.field.selectionStart === this.field.selectionEnd ? offersFor(this.field.value, this.field.selectionStart, this.known, asked) : null;
    if (!found) return this.shut();
    this.offers = found;
    this.box.replaceChildren(...found.offers.map((one, index) => make("div", { class: "offer", role: "option", id: `sql-offer-${index}`, "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); this.accept(index); } }, make("b", {}, one.name), make("span", {}, [one.view, one.about].filter(Boolean).join(" · ")), one.more ? make("small", {}, one.more) : null)));
    this.box.setAttribute("aria-label", this.known.said.offers);
    this.box.hidden = false;
    this.field.setAttribute("aria-controls", "sql-offers");
    this.place(found.from);
    this.choose(0);
  }

  place(position) {
    const holder = this.box.parentElement;
    const at = this.spot(position);
    const around = holder.getBoundingClientRect();
    const left = Math.min(at.left - around.left, around.width - this.box.offsetWidth - 8);
    this.box.style.left = `${Math.max(8, left)}px`;
    const isTight = window.innerHeight - at.bottom < 180 && at.top > 280;
    this.box.style.top = `${isTight ? at.top - around.top - this.box.offsetHeight - 4 : at.bottom - around.top + 4}px`;
  }

  // Where a character stands on the screen, measured on the painted text.
  spot(position) {
    const before = this.field.value.slice(0, position).split("\n");
    const line = this.paper.children[before.length - 1];
    let left = before.at(-1).length;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) {
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left);
        return range.getBoundingClientRect();
      }
      left -= node.length;
    }
    const around = line.getBoundingClientRect();
    return { left: around.left, top: around.top, bottom: around.bottom };
  }

  choose(index) {
    const all = [...this.box.children];
    this.chosen = (index + all.length) % all.length;
    all.forEach((one, at) => one.setAttribute("aria-selected", String(at === this.chosen)));
    all[this.chosen].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", all[this.chosen].id);
  }

  accept(index) {
    const one = this.offers.offers[index];
    const { from } = this.offers;
    const to = this.field.selectionStart;
    this.shut();
    this.put(one.name + (one.after && this.field.value[to] !== one.after ? one.after : ""), from, to);
    this.shut();
  }

  shut() {
    this.box.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }
}

function faultShown(node, data, editor) {
  const fault = data.fault;
  node.hidden = !fault;
  section(node, fault && [fault, data.words], () => {
    if (!fault) return [];
    const { place } = fault;
    const line = place && make("code", {}, place.line_text.slice(0, place.column - 1), make("mark", {}, place.line_text.slice(place.column - 1, place.column - 1 + place.length) || "\u00a0\u00a0"),
      place.line_text.slice(place.column - 1 + place.length));
    const mend = fault.proposal ? make("button", { type: "button", "data-key": "mend", onclick: () => { if (editor.field.value === fault.text) editor.put(fault.proposal, 0, editor.field.value.length); } }, data.words.mend.replace("{name}", fault.nearest)) : null;
    return [make("span", {}, fault.sentence), line, mend];
  });
}

function barShown(node, data, editor) {
  section(node, [data.words, data.is_running], () => [
    make("button", { class: "button strong", type: "button", "data-key": "run", onclick: () => editor.run("run") }, data.words.run),
    make("button", { class: "button", type: "button", "data-key": "explain", onclick: () => editor.run("explain") }, data.words.explain),
    make("span", { class: "hint" }, make("kbd", {}, "Ctrl"), " ", make("kbd", {}, "Enter"), ` ${data.words.runs} · `, make("kbd", {}, "Ctrl"), " ", make("kbd", {}, data.words.space), ` ${data.words.completes}`),
  ]);
}

function schemaShown(node, data, editor) {
  section(node, [data.views, data.words], () => {
    const list = make("div", { class: "views" });
    const fill = (part) => {
      const wanted = part.trim().toLowerCase();
      const fits = (view) => !wanted || view.name.includes(wanted);
      const shown = data.views.map((view) => ({ ...view, found: wanted && !view.name.includes(wanted) ? view.columns.filter((one) => `${one.name} ${one.sentence}`.toLowerCase().includes(wanted)) : view.columns }))
        .filter((view) => fits(view) || view.found.length);
      list.replaceChildren(...shown.map((view) => make("details", { open: Boolean(wanted) && (shown.length < 4 || view.found.length < view.columns.length) },
        make("summary", { "data-key": `view-${view.name}` }, view.name, make("span", { class: "count" }, String(view.columns.length))),
        make("p", {}, view.sentence),
        make("button", { class: "insert", type: "button", onclick: () => editor.put(view.name) }, data.words.insert.replace("{name}", view.name)),
        ...view.found.map((one) => make("button", { class: "column", type: "button", title: `${view.name}.${one.name}`, onclick: () => editor.put(one.name) },
          make("b", {}, one.name), make("i", {}, one.unit || one.type), make("span", {}, one.sentence))))),
      shown.length ? "" : make("div", { class: "none" }, data.words.nothing));
      node.classList.toggle("shut", !wanted && !node.contains(node.getRootNode().activeElement) && !node.wasUsed);
    };
    const find = make("input", { class: "field", type: "search", placeholder: data.words.find, "aria-label": data.words.find, "data-key": "find", oninput: () => fill(find.value),
      onfocus: () => { node.wasUsed = true; node.classList.remove("shut"); } });
    queueMicrotask(() => fill(""));
    return [make("div", { class: "find" }, find), list];
  });
}

const editors = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".bench");
  if (!editors.has(root)) editors.set(root, new Editor(root, (name, value) => setTriggerValue(name, value)));
  const editor = editors.get(root);
  editor.ask = (name, value) => setTriggerValue(name, value);
  editor.take(data);
  faultShown(root.querySelector(".fault"), data, editor);
  barShown(root.querySelector(".bar"), data, editor);
  schemaShown(root.querySelector(".schema"), data, editor);
  return () => clearTimeout(editor.timer);
}
