// Of which days the figures are: the usual ones side by side, all of them and an own range in a menu.

const QUICK = ["today", "yesterday", "week", "month", "30d", "quarter", "year"];

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".period");
  const state = root.state ??= {};
  const ask = (name, value) => setTriggerValue(name, value);
  const link = (choice) => make("a", { href: choice.href, "data-key": choice.href, "aria-current": choice.here ? "true" : null,
    onclick: (event) => { if (!isTheirs(event)) state.close?.(); seeing(ask)(event); } }, choice.title);
  const own = () => {
    const from = make("input", { class: "field", type: "date", value: data.own.from, "aria-label": data.words.from });
    const to = make("input", { class: "field", type: "date", value: data.own.to, "aria-label": data.words.to });
    return make("form", { onsubmit: (event) => {
      event.preventDefault();
      if (!from.value && !to.value) return;
      state.close?.();
      const asked = new URLSearchParams({ ...(from.value && { from: from.value }), ...(to.value && { to: to.value }) });
      see(`${data.own.href}&${asked}`, ask);
    } }, make("h3", {}, data.words.own), make("label", {}, data.words.from, from), make("label", {}, data.words.to, to),
    make("button", { class: "button", type: "submit" }, data.words.apply));
  };
  const quick = data.choices.filter((choice) => QUICK.includes(choice.key));
  const label = quick.some((choice) => choice.here)
    ? [make("b", { class: "short" }, data.name), make("span", { class: "long" }, data.words.others)]
    : [make("b", {}, data.name)];
  section(root, data, () => [
    make("div", { class: "quick", role: "group", "aria-label": data.words.period }, ...quick.map(link)),
    menuButton(state, "range", { menu: "menu range" }, label, [make("div", { class: "two" }, ...data.choices.map(link)), own()]),
    data.days ? make("span", { class: "said" }, data.days) : null,
    data.clock || data.currencies.length
      ? make("div", { class: "grow" },
        data.clock ? menuButton(state, "clock", { menu: "menu right" },
          [make("span", { class: "quiet" }, data.clock.lead), make("b", {}, data.clock.title)], data.clock.choices.map(link)) : null,
        data.currencies.length ? menuButton(state, "currency", { menu: "menu right" },
          [make("span", { class: "quiet" }, data.words.currency), make("b", {}, data.currency)], data.currencies.map(link)) : null)
      : null,
  ]);
  return closeMenusOutside(root, state);
}
