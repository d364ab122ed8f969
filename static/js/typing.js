// Keeps what is typed: on the server, and sealed on this phone until the server has it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");

  const PREFIX = "isian:", DAY = 864e5, PAUSE = 800, AGAIN = 15000; // milliseconds
  const own = form.dataset.keep, fields = form.elements;
  const store = localStorage, secret = crypto.subtle;
  const [good, bad] = form.querySelectorAll(".kept span");
  let timer, busy, again, gone;

  const tell = (kept, unkept) => {
    good.textContent = kept;
    if (bad.textContent !== unkept) bad.textContent = unkept; // read aloud
  };

  const typed = () => {
    const values = new URLSearchParams(new FormData(form));
    ["csrfmiddlewaretoken", "ticket"].forEach((name) => values.delete(name));
    return values.toString();
  };

  // On the phone: AES-GCM under a key that only this user's pages carry.
  const cipher = (iv) => ({ name: "AES-GCM", iv: Uint8Array.from(iv) });
  const raw = Uint8Array.from(form.dataset.phone.match(/../g), (two) => parseInt(two, 16));
  const key = secret && secret.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

  const remember = async (body, sent) => {
    try {
      const iv = [...crypto.getRandomValues(new Uint8Array(12))];
      const plain = new TextEncoder().encode(JSON.stringify([body, sent]));
      const data = new Uint8Array(await secret.encrypt(cipher(iv), await key, plain));
      store.setItem(PREFIX + own, JSON.stringify([Date.now(), iv, [...data]]));
      return true;
    } catch { return false; } // no room
  };

  const recall = async (name) => {
    try {
      const [at, iv, data] = JSON.parse(store.getItem(name));
      if (Date.now() - at > DAY) store.removeItem(name);
      else return JSON.parse(new TextDecoder().decode(await secret.decrypt(cipher(iv), await key, Uint8Array.from(data))));
    } catch { /* somebody else's */ }
    return [];
  };

  const send = async (url, typed) => {
    const headers = { "X-CSRFToken": fields.csrfmiddlewaretoken.value };
    const body = new URLSearchParams(typed);
    try {
      const answer = await fetch(url, { method: "POST", body, redirect: "manual", headers });
      if (answer.ok) return answer.json();
      return { why: answer.status && answer.status !== 403 ? "portal sibuk" : "waktu masuk habis" };
    } catch { return { why: "sambungan terputus" }; }
  };

  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    again = busy;
    if (busy || gone) return;
    busy = true;
    const body = typed();
    const here = await remember(body) ? ", tersimpan di ponsel ini." : ".";
    const { why, at } = await send(own, body);
    busy = false;
    if (gone) return;
    if (again) return save();
    if (why) {
      tell("", `Belum tersimpan: ${why}${here}`);
      later(AGAIN);
    } else {
      store.removeItem(PREFIX + own);
      tell(at ? `Tersimpan ${at}` : "", "");
    }
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  // What an earlier page could not get rid of. The server knows what was sent after all.
  const bringBack = async (name) => {
    const url = name.slice(PREFIX.length), [body, sent] = await recall(name);
    if (!body) return;
    const { why, at } = await send(url, sent ? `${body}&sent=1` : body);
    if (why) return;
    store.removeItem(name);
    if (!at || body === typed()) return;
    if (url !== own) return tell("", "Isian tadi tersimpan. Muat ulang halaman ini.");
    new URLSearchParams(body).forEach((value, name) => {
      if (fields[name]) fields[name].value = value;
    });
    tell("", "Isian tadi dikembalikan.");
  };

  ["input", "change"].forEach((name) => form.addEventListener(name, () => later(PAUSE)));
  form.addEventListener("submit", () => remember(typed(), (gone = true)));
  addEventListener("pageshow", () => { gone = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) save(); });
  Object.keys(store).filter((name) => name.startsWith(PREFIX)).forEach(bringBack);
})();
