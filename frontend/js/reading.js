// The reading room's keyboard. Ctrl+S keeps the draft; single keys work outside of fields, and can be switched off
// (WCAG 2.1.4). What each does is listed in the dialog that "?" opens.

const PLACES = { i: "images", r: "record", o: "opinion", a: "options", q: "questions" };

class ReadingRoom extends HTMLElement {
  connectedCallback() {
    this.dirty = this.hasAttribute("data-unsaved");
    this.single = localStorage.getItem("single-keys") !== "off";
    this.keys = this.querySelector("dialog[data-keys]");
    this.keys.querySelector("input").checked = this.single;
    this.addEventListener("input", (event) => (this.dirty ||= !this.keys.contains(event.target)));
    this.addEventListener("submit", () => (this.dirty = false));
    this.addEventListener("change", (event) => this.keys.contains(event.target) && this.switchSingle(event.target.checked));
    this.addEventListener("click", (event) => this.pressed(event));
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
  }

  pressed(event) {
    if (event.target.closest("[data-keys-open]")) this.keys.showModal();
    if (event.target.closest("[data-keys-close]")) this.keys.close();
  }

  key(event) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) return this.keep(event);
    if (event.ctrlKey || event.metaKey || event.altKey || !this.single || typing(event.target)) return;
    if (event.key === "?") this.help(event);
    else if (event.key === "w") this.open(event);
    else if (event.key === "n" || event.key === "p") this.part(event);
    else if (PLACES[event.key]) this.go(event, PLACES[event.key]);
  }

  keep(event) {
    event.preventDefault();
    this.querySelector("button[name=save]")?.click();
  }

  help(event) {
    event.preventDefault();
    this.keys.showModal();
  }

  open(event) {
    event.preventDefault();
    this.querySelector("a[data-window]")?.click();
  }

  go(event, place) {
    const found = document.getElementById(place);
    if (!found) return;
    event.preventDefault();
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "start" });
  }

  // The next or the previous part of the opinion, unfolded.
  part(event) {
    event.preventDefault();
    const parts = [...this.querySelectorAll("details[data-part]")];
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const to = parts[Math.min(parts.length - 1, Math.max(0, at + (event.key === "n" ? 1 : -1)))];
    if (!to) return;
    to.open = true;
    to.querySelector("summary").focus();
  }

  switchSingle(on) {
    this.single = on;
    localStorage.setItem("single-keys", on ? "on" : "off");
  }
}
customElements.define("reading-room", ReadingRoom);

function typing(element) {
  return element.closest("input, textarea, select, [contenteditable], dialog") !== null;
}
