// On every page of the desk: keeps what is needed when the network drops, says when it is away, and sends what was noted.
(() => {
  "use strict";
  const bar = document.querySelector("[data-kept]");
  if (!bar || !navigator.serviceWorker) return;
  const { kept, worker, scope, reconcile } = bar.dataset;

  const look = () => { bar.querySelector("[data-away]").hidden = navigator.onLine; };

  const send = async () => {
    const told = await DeskNotes.send(reconcile);
    const done = told.filter(({ outcome }) => outcome !== "others");
    if (!done.length) return;
    const list = done.map(({ call, said }) => (call ? `${call}: ${said}` : said)).join(" ");
    bar.querySelector("[data-outcomes]").textContent = list;
    bar.querySelector("[data-sent]").hidden = false;
  };

  const refresh = async () => {
    look();
    if (!navigator.onLine) return;
    try {
      await navigator.serviceWorker.register(worker, { scope });
      await navigator.serviceWorker.ready;
      // Read to its end: an answer that nobody reads stays under way, and the page is never done loading.
      await (await fetch(kept, { credentials: "same-origin", redirect: "error" })).text();
      await send();
    } catch {
      // What waits is sent when the next page is opened.
    }
  };

  addEventListener("online", refresh);
  addEventListener("offline", look);
  refresh();
})();
