// What is shown and how: menus of links, ways of showing side by side, and a switch.

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".choices");
  const state = root.state ??= {};
  const ask = (name, value) => setTriggerValue(name, value);
  const link = (choice, attributes) => make("a", { href: choice.href, "data-key": choice.href, "aria-current": choice.here ? "true" : null, ...attributes,
    onclick: (event) => { if (!isTheirs(event)) state.close?.(); seeing(ask)(event); } }, choice.title);
  section(root, data, () => [
    ...data.menus.map((menu) => menuButton(state, menu.key, { menu: "menu" },
      [make("span", { class: "lead" }, menu.lead), make("b", {}, menu.title)],
      menu.choices.map((choice) => choice.heading ? make("h3", {}, choice.heading) : link(choice)))),
    data.average ? link(data.average, { class: "switch", role: "switch", "aria-checked": String(data.average.here), "aria-current": null, "data-key": "average" }) : null,
    make("div", { class: "views", role: "group", "aria-label": data.words.views }, ...data.views.map((choice) => link(choice))),
  ]);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.words.all);
  return closeMenusOutside(root, state);
}
