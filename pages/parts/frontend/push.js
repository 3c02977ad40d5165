// Enrols this browser for push, and says whether it is. Words come in `data` and are set as text only.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const same = (left, right) => left && left.byteLength === right.byteLength && new Uint8Array(left).every((one, at) => one === right[at]);

// "Firefox, Windows": enough for the merchant to know which one it is.
function named(agent) {
  const found = (pairs) => (pairs.find(([, sign]) => agent.includes(sign)) ?? [""])[0];
  const browser = found([["Edge", "Edg"], ["Opera", "OPR/"], ["Samsung Internet", "SamsungBrowser"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]]);
  const system = found([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac", "Macintosh"], ["Linux", "Linux"]]);
  return [browser, system].filter(Boolean).join(", ");
}

async function subscription() {
  const kept = await navigator.serviceWorker.getRegistration("/");
  return kept?.pushManager.getSubscription() ?? null;
}

async function enrol(key) {
  if (await Notification.requestPermission() !== "granted") throw new DOMException("", "NotAllowedError");
  await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
  const worker = await navigator.serviceWorker.ready;
  const old = await worker.pushManager.getSubscription();
  if (old && !same(old.options.applicationServerKey, key)) await old.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export default function ({ parentElement, data, setTriggerValue }) {
  const holder = parentElement.querySelector(".push");
  const words = data.words;
  const say = (text, isBad) => holder.replaceChildren(make("p", { class: isBad ? "bad" : "quiet", role: "status" }, text));
  const offer = (problem) => {
    const button = make("button", { type: "button", class: "button strong", onclick: async () => {
      button.disabled = true;
      try {
        const made = await enrol(bytes(data.key));
        setTriggerValue("enrolled", { subscription: made.toJSON(), name: named(navigator.userAgent) });
        say(words.done, false);
      } catch (error) {
        if (error.name === "NotAllowedError") say(words.denied, true);
        else offer(words.failed);
      }
    } }, words.enrol);
    holder.replaceChildren(...[problem ? make("p", { class: "bad", role: "alert" }, problem) : null, button].filter(Boolean));
  };
  const look = async () => {
    if (!window.isSecureContext) return say(words.insecure, true);
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return say(words.unable, true);
    if (Notification.permission === "denied") return say(words.denied, true);
    const made = await subscription();
    if (made && same(made.options.applicationServerKey, bytes(data.key)) && data.enrolled.includes(await digest(made.endpoint))) return say(words.done, false);
    return offer("");
  };
  const asked = JSON.stringify([data.key, data.enrolled, words]);
  if (holder.asked === asked) return;
  holder.asked = asked;
  look();
}
