// A place to drop a file on. It goes to the disk of the shop in one stream, past Streamlit, which would hold it in memory.
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".upload");
  const pick = box.querySelector("input");
  const word = box.querySelector(".word");
  const bar = box.querySelector(".bar");
  word.textContent = data.word;
  box.title = data.hint ?? "";
  pick.setAttribute("aria-label", data.label);

  function send(file) {
    if (!file || box.classList.contains("busy")) return;
    const request = new XMLHttpRequest();
    const asked = new URLSearchParams({ product: data.product, name: file.name, language: data.language });
    if (data.replace) asked.set("replace", data.replace);
    request.open("POST", `/upload/digital?${asked}`);
    request.setRequestHeader("X-Comptoir-Upload", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const part = Math.floor((100 * event.loaded) / event.total);
      bar.style.width = `${part}%`;
      word.textContent = `${file.name} · ${part} %`;
    };
    request.onloadend = () => {
      box.classList.remove("busy");
      bar.style.width = "0";
      if (request.status === 201) {
        word.textContent = data.word;
        setTriggerValue("done", `${file.name}:${Date.now()}`);
        return;
      }
      let said = data.failed;
      try { said = JSON.parse(request.responseText).detail || said; } catch { /* no sentence came */ }
      word.textContent = said;
      box.classList.add("bad");
    };
    box.classList.remove("bad");
    box.classList.add("busy");
    request.send(file);
  }

  pick.onchange = () => { send(pick.files[0]); pick.value = ""; };
  box.ondragover = (event) => { event.preventDefault(); box.classList.add("over"); };
  box.ondragleave = () => box.classList.remove("over");
  box.ondrop = (event) => { event.preventDefault(); box.classList.remove("over"); send(event.dataTransfer.files[0]); };
}
