// The button of a list says how many of its lines are ticked; without this file, how many were.
(() => {
  "use strict";

  const count = (form) => {
    const ticked = form.querySelectorAll("input[type=checkbox]:checked").length;
    form.querySelector("[data-ticked-count]").textContent = String(ticked);
  };

  document.querySelectorAll("form[data-ticked]").forEach((form) => {
    form.addEventListener("change", () => count(form));
    window.addEventListener("pageshow", () => count(form));
  });
})();
