// The screens of Sales side by side; on a phone the row is scrolled until the current one shows.

// The card that the address asks for, once it stands there with what is above it; not if the reader has gone on meanwhile.
function lookAt(card, until) {
  const one = document.querySelector(`.st-key-figure_${CSS.escape(card)}`);
  const isDrawn = one && !document.querySelector('[data-testid="stApp"][data-test-script-state="running"]');
  if (isDrawn) one.scrollIntoView({ block: "start" });
  else if (Date.now() < until) setTimeout(() => lookAt(card, until), 100);
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".screens");
  root.setAttribute("aria-label", data.label);
  section(root, data, () =>
    data.links.map((link) => make("a", { href: link.href, "data-key": link.href, onclick: follow, "aria-current": link.here ? "page" : null }, link.title)));
  const here = root.querySelector("[aria-current]");
  if (data.see && root.seen !== location.href) { root.seen = location.href; lookAt(data.see, Date.now() + 10_000); }
  if (here) root.scrollLeft = here.offsetLeft - root.offsetLeft - (root.clientWidth - here.offsetWidth) / 2;
}
