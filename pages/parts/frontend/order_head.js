// The head of an order's screen. Its links stay within the session; `[` and `]` go to the neighbours.

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".order-head");
  const arrow = (way, place) => place.href
    ? make("a", { class: "button plain", href: place.href, onclick: follow, "aria-label": place.word, title: place.word, "data-key": way }, icon(...ICONS[way]))
    : make("span", { class: "button plain none" });
  section(root, data, () => [
    make("a", { class: "back", href: data.back.href, onclick: follow, "aria-label": data.back.word }, icon(...ICONS.left), make("span", {}, data.back.word)),
    make("h1", {}, data.number),
    make("span", { class: "break" }),
    ...data.badges.map(badge),
    make("span", { class: "placed", title: data.ago }, data.placed),
    data.beside ? make("nav", { class: "beside" }, arrow("left", data.beside.previous), make("span", { class: "place" }, data.beside.place), arrow("right", data.beside.next)) : null,
  ]);
  const key = (event) => {
    const typing = event.composedPath()[0]?.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.metaKey || event.ctrlKey || event.altKey || !data.beside) return;
    const place = event.key === "[" ? data.beside.previous : event.key === "]" ? data.beside.next : null;
    if (place?.href) goTo(place.href);
  };
  document.addEventListener("keydown", key);
  return () => document.removeEventListener("keydown", key);
}
