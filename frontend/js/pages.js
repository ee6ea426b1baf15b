// What pages do beyond links and forms. Each works without it: files are sent, tables are whole and in order.

/** Tells a screen reader something that the eye sees by itself. */
function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}

// A form that takes more than a moment says so on the button that sent it, and is not sent twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const form = event.target;
  if (event.defaultPrevented || !button || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    const mark = document.createElement("span");
    mark.className = "loading loading-spinner loading-xs";
    mark.setAttribute("aria-hidden", "true");
    button.prepend(mark);
    say("Working. One moment.");
  }, 400);
});

// Back from the next page: the browser shows this one as it was left, and its forms may be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const mark of document.querySelectorAll("button[aria-busy] > .loading")) mark.remove();
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// A document: the fact that the address names is marked in the list and on the picture of its page.
function chooseFact() {
  const wanted = location.hash.slice(1);
  if (!wanted.startsWith("f-")) return;
  for (const one of document.querySelectorAll("[data-fact]")) {
    one.toggleAttribute("data-chosen", one.dataset.fact === wanted);
  }
  document.querySelector(".place[data-chosen]")?.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", chooseFact);
addEventListener("load", chooseFact);

document.addEventListener("alpine:init", () => {
  // <details x-data="menu" @click.outside="close" @keydown.escape="leave">
  window.Alpine.data("menu", () => ({
    close() {
      this.$root.open = false;
    },
    leave() {
      if (!this.$root.open) return;
      this.$root.open = false;
      this.$root.querySelector("summary").focus();
    },
  }));

  // <form x-data="sending" hx-post="…"> with <progress x-ref="bar">: how much of the files has been sent.
  window.Alpine.data("sending", () => ({
    busy: false,
    share: 0,
    get said() {
      return this.share < 100 ? `Sending: ${this.share} %` : "Sent. The installation is keeping your files.";
    },
    init() {
      this.$root.addEventListener("htmx:beforeRequest", () => {
        this.share = 0;
        this.busy = true;
      });
      this.$root.addEventListener("htmx:xhr:progress", (event) => {
        const { loaded, total } = event.detail;
        if (total) this.share = Math.round((100 * loaded) / total);
      });
      this.$root.addEventListener("htmx:afterRequest", () => (this.busy = false));
    },
  }));

  // <a x-data="working" @click="start">: says that something takes a moment, such as a PDF being laid out.
  window.Alpine.data("working", () => ({
    busy: false,
    start() {
      this.busy = true;
      say("The file is being made. One moment.");
      setTimeout(() => (this.busy = false), 6000);
    },
  }));

  // <div x-data="sheet">: a filter for the table's rows, and a button in each heading that sorts them.
  // A heading without words, or with data-unsorted, is left as it is.
  window.Alpine.data("sheet", () => ({
    shown: 0,
    init() {
      this.shown = this.rows().length;
      for (const heading of this.$root.querySelectorAll("thead th:not([data-unsorted])")) this.buttonIn(heading);
    },
    rows() {
      return [...this.$root.querySelectorAll("tbody tr")];
    },
    buttonIn(heading) {
      if (!heading.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sorts";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => this.sort(heading));
      heading.append(button);
    },
    filter(event) {
      const wanted = event.target.value.trim().toLowerCase();
      const rows = this.rows();
      rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
      this.shown = rows.filter((row) => !row.hidden).length;
    },
    sort(heading) {
      const column = [...heading.parentElement.children].indexOf(heading);
      const falling = heading.getAttribute("aria-sort") === "ascending";
      const text = (row) => (row.children[column].dataset.sort ?? row.children[column].textContent).trim();
      const order = (a, b) => text(a).localeCompare(text(b), undefined, { numeric: true });
      const sorted = this.rows().sort((a, b) => (falling ? order(b, a) : order(a, b)));
      for (const other of heading.parentElement.children) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
      sorted.forEach((row) => row.parentElement.append(row));
      say(`Sorted by ${heading.textContent.trim()}, ${falling ? "falling" : "rising"}.`);
    },
  }));

  // <form x-data="sieve"> with <fieldset data-sieved> of tick boxes: shows those with the words looked for. What is
  // ticked stays in sight, and a fold opens while something in it fits.
  window.Alpine.data("sieve", () => ({
    said: "",
    init() {
      this.tell();
      this.$root.addEventListener("change", () => this.tell());
    },
    stay() {}, // Enter in the search field must not send the form
    boxes() {
      return [...this.$root.querySelectorAll("[data-sieved] label")];
    },
    look(event) {
      const wanted = event.target.value.trim().toLowerCase();
      const fits = (label) => label.textContent.toLowerCase().includes(wanted);
      for (const label of this.boxes()) label.hidden = !fits(label) && !label.querySelector("input").checked;
      for (const group of this.$root.querySelectorAll("[data-sieved]")) {
        group.hidden = !group.querySelector("label:not([hidden])");
      }
      for (const fold of this.$root.querySelectorAll("details")) {
        fold.open = Boolean(fold.querySelector(wanted ? "label:not([hidden])" : "input:checked"));
      }
      this.tell(wanted ? this.boxes().filter(fits).length : null);
    },
    tell(fitting = null) {
      const chosen = this.boxes().filter((label) => label.querySelector("input").checked).length;
      const none = "Nothing here is called that. Try another word, or clear the field to see everything. ";
      const found = fitting === null ? "" : fitting ? `${fitting} found. ` : none;
      this.said = `${found}${chosen ? `${chosen} chosen.` : "Nothing is chosen yet."}`;
    },
  }));
});
