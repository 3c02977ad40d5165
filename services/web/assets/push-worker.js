// Shows what the shop pushes, and opens the order on a click. What comes is shown as text; a click stays on this site.

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* shown without words below: a browser wants every push shown */ }
  event.waitUntil(self.registration.showNotification(String(told.title || "Comptoir"), {
    body: String(told.body || ""), tag: String(told.tag || ""), data: { path: String(told.path || "/") },
  }));
});

// A push service may give the browser another address: the shop is told, else it would push to nobody.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil((async () => {
    const old = event.oldSubscription;
    const fresh = event.newSubscription ?? (old && await self.registration.pushManager.subscribe(old.options));
    if (!old || !fresh) return;
    const body = JSON.stringify({ old: old.endpoint, subscription: fresh.toJSON() });
    await fetch("/push/renewed", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  })());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.path ?? "/", self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((open) => {
    const same = open.find((one) => one.url === address.href);
    return same ? same.focus() : self.clients.openWindow(address.href);
  }));
});
