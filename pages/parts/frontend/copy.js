// Copies `data.text` as it is; where the clipboard is out of reach the text is selected in a prompt instead.
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector(".copy");
  button.textContent = data.word;
  button.setAttribute("aria-label", `${data.word}: ${data.what}`);
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      button.textContent = data.done;
      setTimeout(() => { button.textContent = data.word; }, 1600);
    } catch {
      window.prompt(data.what, data.text);
    }
  };
}
