// What can be done with the orders that were chosen: on those ticked, or on all that match.

function bulkEntry(list, title, act) {
  return make("button", { type: "button", class: "entry", "data-key": `bulk-${title}`, onclick: () => { list.menus.close?.(); act(); } }, title);
}

// The query that finds what was chosen; numbers are quoted as texts, for a shop may number as it likes.
function chosenQuery(list, data) {
  if (list.all) return data.bulk.q;
  return `number:${[...list.chosen.values()].map((row) => `"${row.number.replace(/^#/, "").replaceAll('"', "")}"`).join(",")}`;
}

function bulkActions(list, data, ask) {
  const { bulk } = data;
  const start = (key) => ask("bulk", { key, ids: list.all ? [] : [...list.chosen.keys()], all: list.all, q: bulk.q, at: Date.now() });
  const menu = (name, title, entries) => menuButton(list.menus, name, { class: "button down", menu: "menu up" }, title, entries);
  return [
    ...bulk.strong.map((one) => make("button", { type: "button", class: "button strong", "data-key": `bulk-${one.key}`, onclick: () => start(one.key) }, one.title)),
    menu("bulk-mark", bulk.mark, bulk.marks.map((one) => bulkEntry(list, one.title, () => start(one.key)))),
    menu("bulk-more", bulk.more, [
      ...bulk.others.map((one) => bulkEntry(list, one.title, () => start(one.key))),
      make("hr", {}),
      ...bulk.files.map((file) => make("a", { class: "entry", href: `${file.href}${chosenQuery(list, data) ? `?q=${encodeURIComponent(chosenQuery(list, data))}` : ""}`, download: "" }, file.title)),
    ]),
  ];
}

// "12 selected", and the way to all that match once the whole page is ticked or there is more than a page.
function chosenSaid(list, data) {
  const { bulk, words } = data;
  if (list.all) return [make("b", {}, bulk.all_chosen)];
  const said = list.chosen.size === 1 ? words.chosen_one : words.chosen.replace("{count}", list.chosen.size);
  return [
    make("b", {}, said), make("span", { class: "sums" }, chosenSums(list.chosen, data.language).map((sum) => ` · ${sum}`)),
    bulk.total > list.chosen.size ? make("button", { type: "button", class: "button plain", "data-key": "bulk-all", onclick: () => { list.all = true; list.redraw(); } }, bulk.all) : null,
  ];
}

// What was chosen is forgotten once it was done, and "all that match" when something else is looked for.
function settleChosen(list, data) {
  if (list.cleared !== data.bulk.cleared) {
    if (list.cleared !== undefined) { list.chosen.clear(); list.all = false; }
    list.cleared = data.bulk.cleared;
  }
  if (list.allOf !== data.bulk.q) { list.all = false; list.allOf = data.bulk.q; }
}
