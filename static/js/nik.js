// What a NIK offers fills only what is still empty, and only when it is pressed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill-sex]");
  if (!button) return;
  const form = button.form;
  for (const name of ["birth_date", "sex"]) {
    const field = form.elements[name];
    const value = button.getAttribute(`data-fill-${name}`);
    if (field && value && !field.value) field.value = value;
  }
  button.closest(".field-offer").textContent =
    "Terisi di bagian Lengkapi nanti. Mohon cocokkan dengan KTP-el.";
  form.dispatchEvent(new Event("change"));
});
