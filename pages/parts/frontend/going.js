// Follows one address, once.
export default function ({ parentElement, data }) {
  const mark = parentElement.querySelector("span");
  if (mark.gone) return;
  mark.gone = true;
  goTo(data.href);
}
