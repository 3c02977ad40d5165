// The list of messages. Texts come in `data` and are set as text only.

function line(one, say) {
  return make("tr", { onclick: () => say("open", one.id) },
    make("td", { title: one.ago }, one.when),
    make("td", {}, make("button", { type: "button", "data-key": one.id }, one.about), make("span", { class: "under" }, one.subject)),
    make("td", {}, one.order), make("td", {}, one.to),
    make("td", {}, badge(one.badge), one.detail ? make("span", { class: "under" }, one.detail) : null));
}

export default function ({ parentElement, data, setTriggerValue }) {
  section(parentElement.querySelector(".messages"), data, () => data.rows.length
    ? make("table", {}, make("thead", {}, make("tr", {}, ...data.heads.map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, ...data.rows.map((one) => line(one, setTriggerValue))))
    : make("p", { class: "empty" }, data.empty));
}
