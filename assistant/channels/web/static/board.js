// Keeps the address short: conditions that are not set, and columns that are not changed, are left out of it.
const form = document.querySelector("form.filters");
const columns = () => [...form.querySelectorAll("[name=columns]:checked")].map((box) => box.value).join();
const usual = form && form.dataset.columns === "usual" ? columns() : null;
form?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  if (columns() === usual) formData.delete("columns");
});
