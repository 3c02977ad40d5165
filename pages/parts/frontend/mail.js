// The body is a document of its own in a sandbox without any right; what it may load is said by its own policy.
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

export default function ({ parentElement, data }) {
  const place = parentElement.querySelector(".mail");
  if (place.drawn === data.html) return;
  place.drawn = data.html;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.setAttribute("title", data.title);
  frame.srcdoc = POLICY + data.html;
  place.replaceChildren(frame);
}
