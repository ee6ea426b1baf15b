// Runs before the page is drawn, so that a chosen theme does not flash. Without a choice the style sheet follows
// that of the system (see app.css).
const chosen = localStorage.getItem("theme");
if (chosen === "overread" || chosen === "overread-dark") document.documentElement.dataset.theme = chosen;

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "overread-dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// <button type="button" data-theme-switch>: its aria-pressed says whether the page is dark.
function tellTheme() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) button.setAttribute("aria-pressed", isDark());
}
addEventListener("DOMContentLoaded", tellTheme);
addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-switch]")) return;
  const name = isDark() ? "overread" : "overread-dark";
  document.documentElement.dataset.theme = name;
  localStorage.setItem("theme", name);
  tellTheme();
});
