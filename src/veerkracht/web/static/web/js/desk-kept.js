// The kept page of the desk: the last known free places with their moment, and notes that wait for the network.
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  const form = desk.querySelector("[data-note]");
  const list = desk.querySelector("[data-notes]");
  const all = document.querySelector("template[data-words]").content;
  const { kept: address, reconcile } = desk.dataset;
  const language = document.documentElement.lang;
  let known = null;

  const word = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), all.querySelector(`[data-word="${name}"]`).textContent);
  const named = (what, id) => all.querySelector(`[data-${what}="${CSS.escape(id)}"]`)?.textContent ?? id;
  const clock = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

  const fault = (text) => {
    const place = form.querySelector("[data-fault]");
    place.textContent = text;
    place.hidden = !text;
  };

  const ages = () => {
    const parts = form.elements.children.value.split(/[,;\s]+/).filter(Boolean);
    if (parts.some((one) => !/^\d{1,2}$/.test(one))) throw new Error(word("ages"));
    return parts.map(Number);
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  // Of each of so many people a municipality by its name; nothing between two commas for who does not mind.
  const ofEach = (name, people) => {
    const typed = form.elements[name].value.replace(/[\s,;]+$/, "");
    const options = [...form.elements.area.options].filter((one) => one.value);
    const found = (typed ? typed.split(/[,;]/) : []).map((part) => {
      const option = options.find((one) => plain(one.text) === plain(part));
      if (part.trim() && !option) throw new Error(word("nowhere", { name: part.trim() }));
      return option ? option.value : "";
    });
    if (found.length > people) throw new Error(word("each"));
    return found;
  };

  const title = (one) => one.name || word("secret", { number: one.service });

  const showAge = () => {
    if (!known) return;
    const minutes = Math.max(0, Math.round((Date.now() - Date.parse(known.seen)) / 60000));
    desk.querySelector("[data-age]").textContent = word("known", { at: clock(known.seen), minutes });
  };

  const showPlaces = () => {
    if (!known) return;
    const table = desk.querySelector("[data-known]");
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = known.services.map((one) => {
      const row = document.createElement("tr");
      row.append(element("th", title(one), { scope: "row" }), element("td", named("zone", one.zone)), element("td", one.sleeps.join(", "), { className: "n" }));
      [...row.cells].forEach((cell, at) => { cell.dataset.label = heads[at]; });
      return row;
    });
    table.tBodies[0].replaceChildren(...rows);
    table.hidden = !rows.length;
    offer();
  };

  // Only what may do: the register looks again at everything when it holds the place.
  const offer = () => {
    const places = form.querySelector("[data-places]");
    const chosen = form.elements.service.value;
    places.querySelectorAll("[data-offered]").forEach((one) => one.remove());
    const { kind } = form.elements;
    let people = 0;
    try { people = Number(form.elements.adults.value) + ages().length; } catch { return; }
    const fitting = (known?.services ?? []).filter((one) => one.kinds.includes(kind.value) && one.sleeps.reduce((sum, each) => sum + each, 0) >= people);
    for (const one of fitting) {
      const label = element("label", "", { className: "big-choice" });
      label.dataset.offered = "";
      const radio = element("input", "", { type: "radio", name: "service", value: String(one.service) });
      radio.checked = chosen === radio.value;
      label.append(radio, element("span", `${title(one)} · ${named("zone", one.zone)} · ${word("sleeps", { list: one.sleeps.join(", ") })}`));
      places.append(label);
    }
    if (![...form.querySelectorAll("[name=service]")].some((one) => one.checked)) form.querySelector("[name=service]").checked = true;
  };

  const noted = () => {
    const { elements } = form;
    const topics = [...form.querySelectorAll("[name=topics]:checked")].map((one) => one.value);
    const call = { channel: elements.channel.value, caller: elements.caller.value, area: elements.area.value, topics };
    if (!elements.kind.value) return { call, need: null, service: null };
    if (!elements.area.value) throw new Error(word("where"));
    const need = { kind: elements.kind.value, from_area: elements.area.value, adults: Number(elements.adults.value), children: ages() };
    need.schools = ofEach("schools", need.children.length);
    need.works = ofEach("works", need.adults);
    if (!need.adults && !need.children.length) throw new Error(word("nobody"));
    return { call, need, service: elements.service.value ? Number(elements.service.value) : null };
  };

  const showNotes = async (outcomes = []) => {
    const told = outcomes.map((one) => {
      const text = one.outcome === "others" ? word("others", { at: clock(one.at) }) : `${clock(one.at)} · ${one.call ? `${one.call}: ` : ""}${one.said}`;
      return element("li", text, { className: one.outcome === "done" ? "" : "warn" });
    });
    const done = new Set(outcomes.map((one) => one.key));
    const waits = (await DeskNotes.waiting()).filter((one) => !done.has(one.key));
    told.push(...waits.map((one) => element("li", word("waits", { at: clock(one.at) }))));
    list.replaceChildren(...told);
    desk.querySelector("[data-none]").hidden = told.length > 0;
  };

  const send = async () => {
    fault("");
    try {
      await showNotes(await DeskNotes.send(reconcile));
    } catch (problem) {
      await showNotes();
      fault(/^\d+$/.test(problem.message) || navigator.onLine ? word("signin") : word("away"));
    }
  };

  const fetchKnown = async () => {
    try {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) return;
      const found = await answer.json();
      // When the answer was made by the clock of the machine it came from, which `found.at` need not follow in a demo.
      known = { ...found, seen: new Date(answer.headers.get("date") ?? found.at).toISOString() };
      showAge();
      showPlaces();
    } catch {
      // Nothing was ever kept here: the page says so.
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault("");
    try {
      const note = noted();
      if (!known) throw new Error(word("unable"));
      await DeskNotes.keep(known, note);
      form.reset();
      offer();
      form.elements.channel.focus();
      if (navigator.onLine) await send();
      else await showNotes();
    } catch (problem) {
      fault(problem.message);
    }
  });
  form.addEventListener("input", (event) => { if (["kind", "adults", "children"].includes(event.target.name)) offer(); });
  desk.querySelector("[data-send]").addEventListener("click", send);
  addEventListener("online", send);
  document.addEventListener("leaving", () => { form.reset(); list.replaceChildren(); known = null; });
  setInterval(showAge, 30000);
  fetchKnown().then(() => showNotes()).then(() => { if (navigator.onLine) return send(); });
})();
