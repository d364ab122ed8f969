// Sends the file of form[data-upload] in pieces and goes on where it stopped, whatever the line
// does. Without this file, or where a browser lacks something, the form sends it whole.
(() => {
  "use strict";

  const form = document.querySelector("form[data-upload]");
  if (!form || !window.fetch || !window.AbortController || !window.crypto || !crypto.subtle) return;

  const LEAST = 16384, FIRST = 65536, MOST = 524288; // bytes of a piece
  const PATIENCE = 60000, QUICK = 3000; // milliseconds for a piece
  const WAITS = [1, 2, 5, 10, 20, 30]; // seconds before trying again
  const LONGEST = 2400; // pixels; the server keeps no more
  const WORDS = form.querySelector("[data-upload-words]").dataset;
  const box = form.querySelector("[data-upload-progress]");
  const bar = box.querySelector("progress");
  const login = box.querySelector("[data-upload-login]");

  const say = (text) => {
    form.querySelector("[data-upload-words]").textContent = text;
  };

  const digest = async (data) => {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // A camera's picture as the server would make it anyway: a tenth of the bytes to send.
  const smaller = async (file) => {
    if (!file.type.startsWith("image/") || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file);
      const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const sheet = document.createElement("canvas");
      sheet.width = Math.round(picture.width * share);
      sheet.height = Math.round(picture.height * share);
      const pen = sheet.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
      const made = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.85));
      return made && made.size < file.size ? made : file;
    } catch {
      return file; // too large for this phone, or no picture at all: the server will say
    }
  };

  const cookie = (name) => (document.cookie.match(`(?:^|; )${name}=([^;]*)`) || [])[1] || "";

  const post = async (url, facts, offset, piece) => {
    const body = new FormData();
    Object.entries({ ...facts, offset }).forEach(([name, value]) => body.append(name, value));
    body.append("piece", piece, "piece");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    // Read anew each time: a login in another tab changes it.
    const token = cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const how = { method: "POST", body, headers, redirect: "manual", signal: stop.signal };
    try {
      const answer = await fetch(url, how);
      const type = answer.headers.get("Content-Type") || "";
      return { answer, said: type.includes("json") ? await answer.json() : {} };
    } finally {
      clearTimeout(timer);
    }
  };

  // Until the time is up, the line is back, or the person comes back to this tab.
  const pause = (seconds) => new Promise((done) => {
    const events = [[window, "online"], [window, "focus"], [document, "visibilitychange"]];
    const end = () => {
      clearTimeout(timer);
      events.forEach(([place, name]) => place.removeEventListener(name, end));
      done();
    };
    const timer = setTimeout(end, seconds * 1000);
    events.forEach(([place, name]) => place.addEventListener(name, end));
  });

  const show = (received, size) => {
    bar.max = size;
    bar.value = received;
    say(`${WORDS.sending} ${Math.floor((100 * received) / size)} %`);
  };

  const send = async (url, facts, data) => {
    let received = -1, length = FIRST, failures = 0; // at first only asked how much is there
    for (;;) {
      const piece = data.slice(Math.max(received, 0), received < 0 ? 0 : received + length);
      const began = Date.now();
      let result = null;
      try {
        result = await post(url, facts, Math.max(received, 0), piece);
      } catch {
        // no line, or too slow a one
      }
      const answer = result && result.answer;
      const expired = answer && answer.type === "opaqueredirect";
      login.hidden = !expired;
      if (answer && Number.isInteger(result.said.received)) {
        received = result.said.received;
        failures = 0;
        if (result.said.next) return result.said;
        show(received, data.size);
        if (Date.now() - began < QUICK) length = Math.min(2 * length, MOST);
        continue;
      }
      if (answer && !expired && answer.status < 500 && answer.status !== 429) {
        return { error: result.said.error || WORDS.refused };
      }
      say(expired ? WORDS.expired : WORDS.lost);
      length = Math.max(Math.floor(length / 2), LEAST);
      await pause(WAITS[Math.min(failures, WAITS.length - 1)]);
      failures += 1;
    }
  };

  const chosen = () => {
    const fields = [...form.querySelectorAll("input[type=file]")];
    const files = fields.map((field) => field.files[0]).filter(Boolean);
    return files.length === 1 ? files[0] : null; // else the server says what is wrong
  };

  const deliver = async (file) => {
    say(WORDS.preparing);
    const data = await smaller(file);
    const kind = form.elements.kind.value, resident = form.dataset.resident;
    const sha256 = await digest(await new Response(data).arrayBuffer());
    // The same file for the same purpose has the same key: so it is known again tomorrow.
    const sum = await digest(new TextEncoder().encode([resident, kind, sha256].join()));
    const key = sum.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
    const url = form.dataset.upload.replace(form.dataset.anyKey, key);
    return send(url, { resident, kind, size: data.size, sha256 }, data);
  };

  form.addEventListener("submit", async (event) => {
    const file = chosen();
    if (!file) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    box.hidden = false;
    bar.removeAttribute("value");
    let said = { error: WORDS.refused };
    try {
      said = await deliver(file);
    } catch {
      // what could not even be read: the picture was deleted, or the card taken out
    }
    if (said.next) {
      location.assign(said.next);
      return;
    }
    say(said.error);
    bar.value = 0;
    button.disabled = false;
  });
})();
