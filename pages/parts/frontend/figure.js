// The head of a figure card. Picture, full width and drawing around marks are the chart's own: its buttons are pressed here.

const OWN = { picture: '[data-title^="Download plot"]', wide: '[data-title="Fullscreen"]', select: '[data-attr="dragmode"][data-val="select"]', lasso: '[data-attr="dragmode"][data-val="lasso"]' };

function chartOf(root) {
  return root.getRootNode().host?.closest('[class*="st-key-figure_"]')?.querySelector(".js-plotly-plot");
}

function press(root, name) {
  chartOf(root)?.querySelector(`.modebar-btn${OWN[name]}`)?.click();
}

function save(file) {
  const bytes = Uint8Array.from(atob(file.content), (sign) => sign.charCodeAt(0));
  const link = make("a", { href: URL.createObjectURL(new Blob([bytes], { type: file.type })), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function aboutShown(data) {
  const copy = make("button", { type: "button", onclick: async () => {
    await navigator.clipboard.writeText(data.sql);
    copy.textContent = data.words.copied;
  } }, data.words.copy);
  return make("section", { class: "about", "aria-label": data.words.explain },
    make("dl", {}, ...data.about.map(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])),
    data.sql ? make("details", {}, make("summary", { "data-key": "sql" }, data.words.sql), make("pre", {}, data.sql),
      make("div", { class: "doing" }, copy, data.bench ? make("a", { href: data.bench, onclick: follow }, data.words.bench) : null)) : null);
}

function leadShown(lead) {
  return make("p", { class: "lead" }, make("b", {}, lead.figure),
    ...lead.changes.map((one) => make("span", {}, make("em", { class: one.role }, one.text), one.against)),
    lead.proof ? make("span", {}, lead.proven ? make("i", { class: "tick", "aria-hidden": "true" }, "✓") : null, lead.proof) : null);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".figure");
  const state = root.state ??= { count: 0 };
  const ask = (name, value) => setTriggerValue(name, value);
  if (data.file && root.saved !== data.file.content) save(data.file);
  root.saved = data.file?.content;
  // A phone says so once: names then stand above a chart, not beside it.
  if (window.innerWidth < 640 && !data.narrow && !window.comptoirIsNarrow) { window.comptoirIsNarrow = true; ask("narrow", true); }
  const { file, ...shown } = data;
  const redraw = () => { root.drawn = null; section(root, [shown, Boolean(state.about)], drawn); };
  const explain = () => { state.about = !state.about; redraw(); };
  const turn = () => ask("table", ++state.count);
  const entry = (text, act, narrow) => make("button", { type: "button", class: narrow ? "narrow" : null, onclick: () => { state.close?.(); act(); } }, text);
  function drawn() {
    const { words } = data;
    const turned = data.table ? words.chart : words.table;
    const menu = [
      entry(words.explain, explain, true),
      data.orders ? make("a", { class: "narrow", href: data.orders, onclick: follow }, words.orders) : null,
      data.is_chart ? entry(turned, turn, true) : null,
      data.is_chart && !data.table ? entry(words.select, () => press(root, data.lassos)) : null,
      data.is_chart && !data.table ? entry(words.wide, () => press(root, "wide")) : null,
      data.is_chart && !data.table ? entry(words.picture, () => press(root, "picture")) : null,
      ...data.files.map((kind) => entry(`${words.files} · ${kind.toUpperCase()}`, () => ask("file", `${kind}:${++state.count}`))),
      data.keep ? entry(words.keep, () => ask("keep", ++state.count)) : null,
    ];
    return [
      make("div", { class: "line" },
        make("h2", {}, data.title, data.unit ? make("span", { class: "unit" }, data.unit) : null),
        make("div", { class: "tools", role: "group", "aria-label": words.tools },
          make("button", { type: "button", class: "wide", "data-key": "explain", "aria-expanded": String(Boolean(state.about)), onclick: explain }, words.explain),
          data.orders ? make("a", { class: "wide", href: data.orders, "data-key": "orders", onclick: follow }, words.orders) : null,
          data.is_chart ? make("button", { type: "button", class: "wide", "data-key": "table", "aria-pressed": String(data.table), onclick: turn }, words.table) : null,
          menuButton(state, "more", { class: "dots", menu: "menu right" }, [make("span", { "aria-hidden": "true" }, "···"), make("span", { class: "unseen" }, words.more)], menu))),
      data.lead ? leadShown(data.lead) : null,
      state.about ? aboutShown(data) : null,
    ];
  }
  section(root, [shown, Boolean(state.about)], drawn);
  return closeMenusOutside(root, state);
}
