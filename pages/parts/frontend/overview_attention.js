// What needs somebody, each with the way to its orders.

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".attention");
  section(root, data, () => [
    data.alarms.length
      ? make("ul", { class: "alarms" }, ...data.alarms.map((alarm) => make("li", {}, make("span", { class: "sign", "aria-hidden": "true" }, "!"),
        make("span", {}, alarm.text, " ", make("a", { href: alarm.href, "data-key": alarm.href, onclick: follow }, alarm.link)))))
      : null,
    data.heaps.length
      ? make("nav", { class: "work", "aria-label": data.title }, ...data.heaps.map((heap) =>
        make("a", { href: heap.href, class: heap.bad ? "late" : null, "data-key": heap.href, onclick: follow }, heap.name, make("b", {}, heap.count))))
      : null,
    data.calm ? make("p", { class: "calm" }, make("span", { "aria-hidden": "true" }, "✓"), data.calm) : null,
  ]);
}
