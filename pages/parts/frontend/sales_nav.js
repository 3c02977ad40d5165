// The screens of Sales side by side; on a phone the row is scrolled until the current one shows.

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".screens");
  root.setAttribute("aria-label", data.label);
  section(root, data, () =>
    data.links.map((link) => make("a", { href: link.href, "data-key": link.href, onclick: follow, "aria-current": link.here ? "page" : null }, link.title)));
  const here = root.querySelector("[aria-current]");
  if (here) root.scrollLeft = here.offsetLeft - root.offsetLeft - (root.clientWidth - here.offsetWidth) / 2;
}
