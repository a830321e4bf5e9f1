/* Passkeys: asks the device, and sends its answer along with a form.
   <form data-passkey="get|create" data-options="…"> or data-from="address of the options">,
   with a hidden field "credential". A browser without passkeys keeps such a form hidden. */
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const credentials = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function readable(options) {
    const asked = { ...options, challenge: bytes(options.challenge) };
    if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
    if (options.allowCredentials) asked.allowCredentials = credentials(options.allowCredentials);
    if (options.excludeCredentials) asked.excludeCredentials = credentials(options.excludeCredentials);
    return asked;
  }

  function sendable(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function optionsOf(form) {
    if (!form.dataset.from) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.from, { headers: { Accept: "application/json" } });
    return answer.json();
  }

  async function ask(form) {
    const options = await optionsOf(form);
    const { publicKey } = options.request_options || options.creation_options;
    const asked = { publicKey: readable(publicKey) };
    const given = await (form.dataset.passkey === "create"
      ? navigator.credentials.create(asked)
      : navigator.credentials.get(asked));
    form.elements.credential.value = JSON.stringify(sendable(given));
    form.submit();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const fault = form.querySelector("[data-passkey-fault]");
      fault.hidden = true;
      // Whoever closes the browser's question, or has no passkey for here, is told so beside the button.
      ask(form).catch(() => { fault.hidden = false; });
    });
  }
})();
