// Follows the viewer's choice of light or dark; without a choice, that of the system (see app.css).
const chosen = localStorage.getItem("theme");
if (chosen === "overread" || chosen === "overread-dark") document.documentElement.dataset.theme = chosen;

document.addEventListener("alpine:init", () => {
  // <button type="button" x-data="theme" @click="toggle" :aria-pressed="dark">
  window.Alpine.data("theme", () => ({
    dark: document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "overread-dark"
      : matchMedia("(prefers-color-scheme: dark)").matches,
    toggle() {
      this.dark = !this.dark;
      const name = this.dark ? "overread-dark" : "overread";
      document.documentElement.dataset.theme = name;
      localStorage.setItem("theme", name);
    },
  }));
});
