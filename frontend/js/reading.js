// The reading room's keyboard. Ctrl+S keeps the draft; single keys work outside of fields, and can be switched off
// (WCAG 2.1.4). What each does is listed in the dialog that "?" opens.

const PLACES = { i: "images", r: "record", o: "opinion", a: "options", q: "questions" };

document.addEventListener("alpine:init", () => {
  window.Alpine.data("reading", () => ({
    single: localStorage.getItem("single-keys") !== "off",
    dirty: false,
    init() {
      this.$root.addEventListener("input", () => (this.dirty = true));
      this.$root.addEventListener("submit", () => (this.dirty = false));
      addEventListener("beforeunload", (event) => {
        if (this.dirty) event.preventDefault();
      });
    },
    key(event) {
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) return this.keep(event);
      if (event.ctrlKey || event.metaKey || event.altKey || !this.single || typing(event.target)) return;
      if (event.key === "?") this.help(event);
      else if (event.key === "w") this.open(event);
      else if (event.key === "n" || event.key === "p") this.part(event);
      else if (PLACES[event.key]) this.go(event, PLACES[event.key]);
    },
    keep(event) {
      event.preventDefault();
      this.$root.querySelector("button[name=save]")?.click();
    },
    help(event) {
      event.preventDefault();
      this.$refs.keys.showModal();
    },
    open(event) {
      event.preventDefault();
      this.$refs.window?.click();
    },
    go(event, place) {
      const found = document.getElementById(place);
      if (!found) return;
      event.preventDefault();
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: "start" });
    },
    // The next or the previous part of the opinion, unfolded.
    part(event) {
      event.preventDefault();
      const parts = [...this.$root.querySelectorAll("details[data-part]")];
      const at = parts.findIndex((part) => part.contains(document.activeElement));
      const to = parts[Math.min(parts.length - 1, Math.max(0, at + (event.key === "n" ? 1 : -1)))];
      if (!to) return;
      to.open = true;
      to.querySelector("summary").focus();
    },
    closeHelp() {
      this.$refs.keys.close();
    },
    toggleSingle() {
      this.single = !this.single;
      localStorage.setItem("single-keys", this.single ? "on" : "off");
    },
  }));
});

function typing(element) {
  return element.closest("input, textarea, select, [contenteditable], dialog") !== null;
}
