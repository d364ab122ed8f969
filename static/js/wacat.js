// The pages work without this file; it only smooths them.
(() => {
  "use strict";

  const RESEND_AFTER = 10000; // milliseconds: a phone that lost its signal may try again

  const openBlocksWithErrors = () => {
    document.querySelectorAll("details").forEach((block) => {
      if (block.querySelector(".field-invalid")) block.open = true;
    });
  };

  const focusErrorSummary = () => {
    const summary = document.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  };

  const showToggles = () => {
    document.querySelectorAll("[data-password-toggle]").forEach((toggle) => {
      toggle.hidden = false;
    });
  };

  const setPasswordShown = (toggle, shown) => {
    const input = document.getElementById(toggle.dataset.passwordToggle);
    if (!input) return;
    input.type = shown ? "text" : "password";
    toggle.textContent = shown ? "Sembunyikan" : "Tampilkan";
    toggle.setAttribute("aria-label", toggle.textContent + " kata sandi");
  };

  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[data-held]").forEach((button) => {
      button.disabled = false;
      delete button.dataset.held;
    });
  };

  const hold = (form) => {
    form.querySelectorAll("button:not([type=button]):not([disabled])").forEach((button) => {
      button.dataset.held = "";
      button.disabled = true;
    });
    setTimeout(release, RESEND_AFTER, form);
  };

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-password-toggle]");
    if (!toggle) return;
    const input = document.getElementById(toggle.dataset.passwordToggle);
    setPasswordShown(toggle, Boolean(input) && input.type === "password");
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.querySelectorAll("[data-password-toggle]").forEach((t) => setPasswordShown(t, false));
    // After the browser has gathered the fields, the pressed button's own among them.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "";
      hold(form);
    });
  });

  // A page taken back from the browser's memory must be usable again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:afterSwap", showToggles);

  openBlocksWithErrors();
  focusErrorSummary();
  showToggles();
})();
