// A quiet look at one order beside the list.

function preview(list, order, words) {
  const about = (title, ...inside) => inside.flat().filter(Boolean).length ? [make("h3", {}, title), ...inside] : [];
  const address = (lines) => make("div", { class: "address" }, lines.map((line) => make("div", {}, line)));
  return [
    make("div", { class: "over-bar" }, make("h2", { tabindex: "-1" }, order.number),
      make("button", { class: "cross", type: "button", "aria-label": words.close, "data-key": "close", onclick: () => list.look(null) }, icon(...ICONS.cross))),
    make("div", { class: "inside" },
      make("div", { class: "badges" }, badge(order.payment), badge(order.fulfilment)),
      make("div", { class: "quiet" }, order.placed),
      order.message ? make("div", { class: `message ${order.message.role}` }, order.message.text) : null,
      ...about(words.items, order.lines.map((line) => make("div", { class: "line" }, make("span", { class: "num" }, line.quantity), make("span", {}, line.name),
        make("span", { class: "num" }, line.total), line.under ? make("small", {}, line.under) : null))),
      make("div", { class: "sums" }, order.sums.map((sum) => [make("span", { class: sum.strong ? "total" : "quiet" }, sum.title), make("span", { class: `num numeric${sum.strong ? " total" : ""}` }, sum.amount)])),
      ...about(words.customer, order.contact.map((line) => make("div", {}, line))),
      ...about(words.ship_to, order.ship_to.length ? [address(order.ship_to)] : []),
      ...about(words.bill_to, order.bill_to.length ? [address(order.bill_to)] : []),
      ...about(words.comment, order.comment ? [make("div", { class: "text" }, order.comment)] : []),
      ...about(words.notes, order.notes.map((note) => make("div", { class: "text" }, note)))),
    make("div", { class: "ends" }, make("a", { class: "button strong", href: order.href, "data-key": "open", onclick: follow }, words.open)),
  ];
}
