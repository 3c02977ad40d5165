// Gives the keyboard to a box once, unless somebody is at something else or has no keyboard but the screen's.
export default function ({ parentElement, data }) {
  const mark = parentElement.querySelector("span");
  if (mark.done) return;
  mark.done = true;
  // what was pressed to come here is still there for a moment
  setTimeout(() => {
    const isFree = !document.activeElement || document.activeElement === document.body;
    if (isFree && matchMedia("(hover: hover)").matches) {
      document.querySelector(`.st-key-${data.box} input`)?.focus({ preventScroll: true });
    }
  }, 300);
}
