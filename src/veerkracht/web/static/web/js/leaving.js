// Leaves at once: the button of `leave_now.html`, or Escape three times within two seconds.
// What this site kept in the browser is taken away first; then the page is replaced, so that "back" does not show it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-leave]");
  if (!form) return;

  const clear = async () => {
    const tasks = [];
    if ("caches" in window) tasks.push(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
    if ("indexedDB" in window && indexedDB.databases) {
      tasks.push(indexedDB.databases().then((all) => all.forEach((one) => indexedDB.deleteDatabase(one.name))));
    }
    if (navigator.serviceWorker) {
      tasks.push(navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))));
    }
    sessionStorage.clear();
    localStorage.clear();
    await Promise.allSettled(tasks);
  };

  let leaves = false;
  const leave = async (event) => {
    event.preventDefault();
    if (leaves) return;
    leaves = true;
    document.dispatchEvent(new Event("leaving"));
    document.documentElement.hidden = true;
    document.title = "…";
    // The session ends on the server, and the browser forgets; however slow these are, nobody waits for them.
    const tasks = [clear()];
    if (form.method === "post" && navigator.onLine) {
      tasks.push(fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }));
    }
    await Promise.race([Promise.allSettled(tasks), new Promise((done) => setTimeout(done, 600))]);
    location.replace(navigator.onLine ? form.action : "about:blank");
  };

  form.addEventListener("submit", leave);
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < 2000), now];
    if (pressed.length >= 3) leave(event);
  });
})();
