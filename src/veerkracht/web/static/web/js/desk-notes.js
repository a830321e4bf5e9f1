// What is noted without a network: sealed at once with the letterbox of the register, so that this device can't read it
// again, and sent as soon as somebody of the desk is there again. Used by the kept page and by every page of the desk.
const DeskNotes = (() => {
  "use strict";
  const STORE = "letters";

  const opened = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  const inStore = async (mode, act) => {
    const database = await opened();
    try {
      return await new Promise((done, fail) => {
        const work = database.transaction(STORE, mode);
        const asked = act(work.objectStore(STORE));
        work.oncomplete = () => done(asked && asked.result);
        work.onerror = work.onabort = () => fail(work.error);
      });
    } finally {
      database.close();
    }
  };

  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const seal = async (box, text) => {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const to = await crypto.subtle.importKey("raw", bytes(box), curve, false, []);
    const own = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: to }, own.privateKey, 256);
    const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: new TextEncoder().encode("veerkracht letter") };
    const key = await crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const once = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: once }, key, new TextEncoder().encode(text));
    const point = await crypto.subtle.exportKey("raw", own.publicKey);
    return base64([...new Uint8Array(point), ...once, ...new Uint8Array(sealed)]);
  };

  /** Seal a note and keep it; its key and moment stay readable, nothing else. */
  const keep = async (kept, note) => {
    const key = crypto.randomUUID();
    // The register's own clock, as long after it as has passed here: this device's may be wrong.
    const at = new Date(Date.parse(kept.at) + Date.now() - Date.parse(kept.seen)).toISOString();
    const letter = await seal(kept.box, JSON.stringify({ ...note, key, at, user: kept.user }));
    await inStore("readwrite", (store) => store.put({ key, at, letter }));
    return { key, at };
  };

  const waiting = async () => (await inStore("readonly", (store) => store.getAll())) || [];

  const asJson = async (address, options) => {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", cache: "no-store", ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  /** Send what waits; what came of each. A letter that the register has done with is taken away here. */
  const send = async (address) => {
    const letters = (await waiting()).sort((one, other) => one.at.localeCompare(other.at));
    if (!letters.length) return [];
    const { token } = await asJson(address);
    const { outcomes } = await asJson(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ letters: letters.map((one) => one.letter) }),
    });
    const told = outcomes.map((one, place) => ({ ...one, key: letters[place].key, at: letters[place].at }));
    for (const one of told.filter(({ outcome }) => outcome !== "others")) {
      await inStore("readwrite", (store) => store.delete(one.key));
    }
    return told;
  };

  return { keep, waiting, send };
})();
