// The rows of the order list: a real table with real links, which the style turns into cards on a phone.
// A row keeps its element as long as its order stays, so that scroll, focus and selection stay too.

const SHOWN = "comptoir.columns";

function hiddenColumns(columns) {
  try {
    const kept = JSON.parse(localStorage.getItem(SHOWN));
    if (Array.isArray(kept)) return new Set(kept);
  } catch { /* a browser that keeps nothing shows the first choice */ }
  return new Set(columns.filter((column) => column.hidden).map((column) => column.key));
}

function keepHidden(hidden) {
  try { localStorage.setItem(SHOWN, JSON.stringify([...hidden])); } catch { /* as above */ }
}

function cell(column, row) {
  const value = row[column.key];
  switch (column.key) {
    case "number":
      return [make("a", { href: row.href, "data-key": row.id, tabindex: row.isFirst ? "0" : "-1" }, value || "—")];
    case "customer":
      return [value || "—", row.why ? make("span", { class: "why" }, row.why) : null];
    case "placed":
      return [make("time", { title: row.placed_whole }, value)];
    case "payment":
    case "fulfilment":
      return [badge(value)];
    case "tags":
      return value.map((tag) => make("span", { class: "tag", title: tag }, tag));
    default:
      return [value || "—"];
  }
}

function drawRow(list, data, columns, row) {
  const box = make("input", { type: "checkbox", tabindex: "-1", "aria-label": data.words.choose.replace("{number}", row.number) });
  box.checked = list.chosen.has(row.id);
  const node = make("tr", { "data-id": row.id, class: box.checked ? "chosen" : "" },
    make("td", { class: "pick" }, make("label", {}, box)),
    columns.map((column) => make("td", { class: `${column.key}${column.numeric ? " numeric" : ""}`, title: typeof row[column.key] === "string" && !column.numeric && column.key !== "placed" ? row[column.key] : null }, cell(column, row))),
    make("td", { class: "look" }, make("button", { type: "button", tabindex: "-1", title: data.words.look, "aria-label": data.words.look_at.replace("{number}", row.number) }, icon(...ICONS.look))));
  return node;
}

function drawHead(list, data, columns, ask) {
  const all = make("input", { type: "checkbox", "aria-label": data.words.choose_all, onchange: () => {
    for (const row of data.rows) { if (all.checked) list.chosen.set(row.id, row); else list.chosen.delete(row.id); }
    list.redraw();
  } });
  return make("tr", {}, make("th", { class: "pick", scope: "col" }, all),
    columns.map((column) => make("th", { scope: "col", class: `${column.key}${column.numeric ? " numeric" : ""}`, "aria-sort": column.href ? column.way : null },
      column.href ? make("a", { href: column.href, "data-key": `sort-${column.key}`, onclick: seeing(ask) }, column.title) : column.title)),
    make("th", { scope: "col", class: "look" }, make("span", { class: "unseen" }, data.words.look)));
}

// New rows are marked only while one looks at the same list.
function drawRows(list, body, data, columns) {
  const shape = JSON.stringify([columns.map((column) => column.key), data.words]);
  const isSameList = list.seen === data.view;
  const there = new Map([...body.children].map((node) => [node.dataset.id, node]));
  data.rows.forEach((row, index) => {
    row.isFirst = index === 0;
    const drawn = `${shape}${JSON.stringify(row)}${list.chosen.has(row.id)}`;
    const old = there.get(row.id);
    let node = old;
    if (!old || old.drawn !== drawn) {
      node = drawRow(list, data, columns, row);
      node.drawn = drawn;
      if (!old && isSameList && row.at > list.newest) node.classList.add("fresh");
      if (old) {
        const root = old.getRootNode();
        const held = old.contains(root.activeElement) ? root.activeElement.matches("input") ? "input" : root.activeElement.matches("button") ? "button" : "a" : null;
        old.replaceWith(node);
        if (held) node.querySelector(held).focus({ preventScroll: true });
      }
    }
    there.delete(row.id);
    if (body.children[index] !== node) body.insertBefore(node, body.children[index] ?? null);
    node.row = row;
    node.classList.toggle("looked", list.looked === row.id);
  });
  for (const gone of there.values()) gone.remove();
  list.newest = Math.max(isSameList ? list.newest : 0, ...data.rows.map((row) => row.at));
  list.seen = data.view;
}

// Clicks and keys of all rows at one place: open, look, choose, up and down.
function listenToRows(list, body) {
  const rowOf = (event) => event.target.closest("tr");
  body.addEventListener("click", (event) => {
    const node = rowOf(event);
    if (!node) return;
    if (event.target.closest(".look button")) return list.look(node.row.id);
    if (event.target.closest("td.pick")) return;
    if (event.target.closest("a")) {
      if (isTheirs(event)) return;
      event.preventDefault();
      return goTo(node.row.href);
    }
    if (String(getSelection()).length) return;
    if (event.metaKey || event.ctrlKey) return window.open(node.row.href, "_blank", "noopener");
    goTo(node.row.href);
  });
  body.addEventListener("auxclick", (event) => {
    const node = rowOf(event);
    if (node && event.button === 1 && !event.target.closest("a")) window.open(node.row.href, "_blank", "noopener");
  });
  body.addEventListener("change", (event) => {
    const { row } = rowOf(event);
    if (event.target.checked) list.chosen.set(row.id, row); else list.chosen.delete(row.id);
    list.redraw();
  });
  body.addEventListener("keydown", (event) => {
    const node = rowOf(event);
    const step = { ArrowDown: "nextElementSibling", j: "nextElementSibling", ArrowUp: "previousElementSibling", k: "previousElementSibling" }[event.key];
    if (step && node[step]) {
      event.preventDefault();
      node[step].querySelector("td.number a").focus();
      if (list.looked) list.look(node[step].row.id);
    } else if (event.key === " " && event.target.matches("a")) {
      event.preventDefault();
      list.look(node.row.id);
    } else if (event.key === "x") {
      node.querySelector("td.pick input").click();
    } else if (event.key === "Escape" && list.looked) {
      list.look(null);
    }
  });
}
