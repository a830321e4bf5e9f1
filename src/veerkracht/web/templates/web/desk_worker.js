// Answers for the pages of the desk when the network does not. It keeps one page that says nothing of anybody, the files
// it is made of, and the last free places with their moment: no other page, no answer to a form, nothing about a call.
"use strict";
const KEPT = {{ kept|safe }};
// The other language has a worker and a cache of its own.
const OWN = KEPT.name.slice(0, KEPT.name.lastIndexOf("-") + 1);

const refresh = async () => {
  const cache = await caches.open(KEPT.name);
  for (const address of [KEPT.page, KEPT.places]) {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }
  await cache.addAll(KEPT.files);
};

const within = (request) =>
  new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error("late")), KEPT.patience);
    fetch(request).then(
      (answer) => { clearTimeout(late); done(answer); },
      (fault) => { clearTimeout(late); fail(fault); },
    );
  });

// Looks without making a cache where there is none.
const match = (what) => caches.match(what, { cacheName: KEPT.name, ignoreSearch: true });

const places = async (request) => {
  try {
    const answer = await within(request);
    // Who left at once has taken it all away, perhaps while this answer was on its way: it isn't begun anew.
    if (answer.ok && !answer.redirected && (await caches.has(KEPT.name))) await (await caches.open(KEPT.name)).put(KEPT.places, answer.clone());
    return answer;
  } catch {
    return (await match(KEPT.places)) || Response.error();
  }
};

const pages = async (request) => {
  try {
    return await within(request);
  } catch {
    return (await match(KEPT.page)) || Response.error();
  }
};

const files = async (request) => {
  try {
    return await within(request);
  } catch {
    return (await match(request)) || Response.error();
  }
};

self.addEventListener("install", (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith(OWN) && name !== KEPT.name).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (pathname === KEPT.places) event.respondWith(places(request));
  else if (request.mode === "navigate") event.respondWith(pages(request));
  else if (KEPT.files.includes(pathname)) event.respondWith(files(request));
});
