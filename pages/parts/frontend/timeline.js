// What happened to an order. Texts come in `data` and are set as text only.

function entry(one, say) {
  const button = (what) => one[what] ? make("button", { type: "button", onclick: () => say(what, one[what].id) }, one[what].word) : null;
  return make("li", { class: one.mail ? "mail" : null },
    make("div", { class: "top" }, make("span", { class: "title" }, one.title),
      one.mail ? badge(one.mail.badge) : null,
      make("span", { class: "quiet" }, one.who), make("time", { title: one.ago }, one.at)),
    one.mail ? make("div", { class: "quiet" }, one.mail.subject, one.mail.leaves ? ` · ${one.mail.leaves}` : "") : null,
    one.mail && one.mail.fate.length ? make("ul", { class: "fate quiet" }, ...one.mail.fate.map((told) => make("li", {}, told))) : null,
    one.reason ? make("div", { class: one.mail ? "said quiet" : "said" }, one.reason) : null,
    one.changes.length ? make("dl", {}, ...one.changes.map((change) => make("div", {}, make("dt", {}, change.label),
      make("dd", {}, make("del", {}, change.before), " → ", change.after)))) : null,
    one.undo || one.read || one.stop || one.then ? make("div", {}, button("undo"), button("stop"), button("read"),
      one.then ? make("a", { href: one.then.href, class: "then", onclick: follow }, one.then.word) : null) : null);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector(".timeline");
  const drawn = JSON.stringify(data);
  if (list.drawn === drawn) return;
  list.drawn = drawn;
  list.replaceChildren(...data.entries.map((one) => entry(one, setTriggerValue)));
}
