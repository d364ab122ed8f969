// Passkeys. Forms with data-passkey are hidden until this finds that the browser knows them;
// everything can be done with passwords and codes as well.
(() => {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (options) => {
    const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    if (key.allowCredentials) key.allowCredentials = known(key.allowCredentials);
    if (key.excludeCredentials) key.excludeCredentials = known(key.excludeCredentials);
    return { publicKey: key };
  };

  const answered = (credential) => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (given[name]) response[name] = text(given[name]);
    });
    if (given.getTransports) response.transports = given.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
    const headers = { Accept: "application/json" };
    const response = await fetch(form.dataset.passkeyUrl, { headers });
    return (await response.json()).request_options;
  };

  const use = async (form) => {
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const options = asked(await optionsOf(form));
      const credential = await navigator.credentials[form.dataset.passkey](options);
      form.elements.credential.value = answered(credential);
      form.submit();
    } catch {
      failed.hidden = false; // also when the user has changed their mind
    }
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.querySelector("button").addEventListener("click", () => use(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault(); // Enter in the name's field
      use(form);
    });
  });
  document.querySelectorAll("[data-passkey-missing]").forEach((one) => {
    one.hidden = true;
  });
})();
