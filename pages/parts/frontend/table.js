// The order list: rows, foot, what was chosen, a look at one order, and the states without rows.

function state(node, data, ask) {
  section(node, data.state, (told) => told ? [
    make("h2", {}, told.title), make("p", {}, told.sentence),
    make("div", { class: "ways" }, told.ways.map((way, index) => way.does
      ? make("button", { type: "button", class: index ? "button" : "button strong", "data-key": way.does, onclick: (event) => { event.currentTarget.disabled = true; ask(way.does, Date.now()); } }, way.title)
      : make("a", { href: way.href, class: index || way.isQuiet ? "button" : "button strong", "data-key": way.href, onclick: way.isScreen ? follow : seeing(ask) }, way.title))),
  ] : []);
  node.hidden = !data.state;
}

function columnMenu(list, data) {
  return menuButton(list.menus, "columns", { class: "button plain down", menu: "menu right" }, data.words.columns,
    data.columns.filter((column) => column.key !== "number").map((column) => {
      const box = make("input", { type: "checkbox", "data-key": `column-${column.key}`, onchange: () => {
        if (box.checked) list.hidden.delete(column.key); else list.hidden.add(column.key);
        keepHidden(list.hidden);
        list.redraw();
      } });
      box.checked = !list.hidden.has(column.key);
      return make("label", { class: "entry" }, box, make("span", { class: "grow" }, column.title));
    }));
}

function foot(list, data, ask) {
  const end = (href, label, lines) => href ? make("a", { href, "aria-label": label, "data-key": label, onclick: seeing(ask) }, icon(...lines)) : make("span", { "aria-hidden": "true" }, "");
  const size = data.foot.sizes.find((one) => one.on);
  return [
    make("div", { class: "found" }, make("b", {}, data.foot.found), ...data.foot.sums.flatMap((sum) => [" · ", sum]), ...data.foot.which.map((text) => make("span", { class: "which" }, text))),
    make("div", { class: "steer" },
      make("div", { class: "columns-holder" }, columnMenu(list, data)),
      menuButton(list.menus, "size", { class: "button plain down", menu: "menu right" }, data.words.a_page.replace("{count}", size.title),
        data.foot.sizes.map((one) => make("a", { href: one.href, "data-key": `size-${one.title}`, "aria-current": one.on ? "true" : null, onclick: seeing(ask) }, one.title))),
      data.foot.pages.length ? make("nav", { class: "pages", "aria-label": data.words.pages }, end(data.foot.previous, data.words.previous, ICONS.left),
        data.foot.pages.map((page) => page.href ? make("a", { href: page.href, "data-key": `page-${page.title}`, "aria-current": page.on ? "page" : null, onclick: seeing(ask) }, page.title) : make("span", {}, page.title)),
        end(data.foot.next, data.words.next, ICONS.right)) : null),
  ];
}

// Sums are added in thousandths as whole numbers: money is never a float.
function chosenSums(chosen, language) {
  const sums = new Map();
  for (const row of chosen.values()) {
    const [whole, part = ""] = row.amount.replace("-", "").split(".");
    const amount = BigInt(whole + part.padEnd(3, "0").slice(0, 3)) * (row.amount.startsWith("-") ? -1n : 1n);
    sums.set(row.currency, (sums.get(row.currency) ?? 0n) + amount);
  }
  return [...sums].map(([currency, sum]) => {
    const digits = String(sum < 0n ? -sum : sum).padStart(4, "0");
    return new Intl.NumberFormat(language, { style: "currency", currency }).format(`${sum < 0n ? "-" : ""}${digits.slice(0, -3)}.${digits.slice(-3)}`);
  });
}

function chosenBar(list, data, ask) {
  const { chosen } = list;
  const copy = make("button", { class: "button plain copy", type: "button", onclick: () => {
    navigator.clipboard.writeText([...chosen.values()].map((row) => row.number).join(", ")).then(() => { copy.textContent = data.words.copied; });
  } }, data.words.copy_numbers);
  return [
    make("div", { class: "said" }, chosenSaid(list, data)),
    make("div", { class: "ways" }, bulkActions(list, data, ask), list.all ? null : copy,
      make("button", { class: "button plain", type: "button", onclick: () => { chosen.clear(); list.all = false; list.redraw(); } }, data.words.choose_none)),
  ];
}

function draw(root, list, data, ask) {
  const part = (selector) => root.querySelector(selector);
  const columns = data.columns.filter((column) => !list.hidden.has(column.key));
  state(part(".state"), data, ask);
  part(".scroll").hidden = part(".foot").hidden = Boolean(data.state);
  if (!data.state) {
    section(part("thead"), [columns, data.words], () => drawHead(list, data, columns, ask));
    const all = part("thead input");
    all.checked = data.rows.length > 0 && data.rows.every((row) => list.chosen.has(row.id));
    drawRows(list, part("tbody"), data, columns);
    section(part(".foot"), [data.foot, data.columns, data.words], () => foot(list, data, ask));
  }
  part(".chosen-bar").hidden = !list.chosen.size;
  if (!list.chosen.size) list.all = false;
  section(part(".chosen-bar"), list.chosen.size ? [[...list.chosen.keys()], list.all, data.bulk, data.words] : null, (told) => told ? chosenBar(list, data, ask) : []);
  part(".covers").textContent = data.covers;
  const aside = part("aside");
  const order = data.preview && data.preview.id === list.looked ? data.preview : null;
  section(aside, order, () => order ? preview(list, order, data.words) : []);
  aside.hidden = !order;
  aside.setAttribute("aria-label", data.words.preview);
}

// A list that takes long says so, but only then.
function watchAsking(root, list) {
  const asked = () => { clearTimeout(list.waiting); list.waiting = setTimeout(() => { root.classList.add("slow"); root.setAttribute("aria-busy", "true"); }, 300); };
  const stop = closeMenusOutside(root, list.menus);
  window.addEventListener("comptoir:asked", asked);
  return () => { window.removeEventListener("comptoir:asked", asked); stop(); };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".list");
  const list = (root.own ??= { chosen: new Map(), all: false, looked: null, seen: null, newest: 0, hidden: hiddenColumns(data.columns), menus: { open: null, close: null }, waiting: 0 });
  clearTimeout(list.waiting);
  root.classList.remove("slow");
  root.removeAttribute("aria-busy");
  settleChosen(list, data);
  list.redraw = () => draw(root, list, data, setTriggerValue);
  list.look = (id) => {
    const left = list.looked;
    list.looked = id === list.looked ? null : id;
    setTriggerValue("look", list.looked ?? "");
    if (!list.looked) [...root.querySelectorAll("tbody a")].find((one) => one.dataset.key === left)?.focus();
    list.redraw();
  };
  if (!root.isReady) {
    root.isReady = true;
    listenToRows(list, root.querySelector("tbody"));
    root.querySelector("aside").addEventListener("keydown", (event) => { if (event.key === "Escape") list.look(null); });
    watchAsking(root, list);
  }
  list.redraw();
}
