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
    button.prepend(spinner());
    say("Working. One moment.");
  }, 400);
});

function spinner() {
  const mark = document.createElement("span");
  mark.className = "loading loading-spinner loading-xs";
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

// <a data-working>: says that something takes a moment, such as a PDF being laid out. The page stays, so nothing
// tells when it is done.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-working]");
  if (!link || link.querySelector(".loading")) return;
  const mark = spinner();
  link.prepend(mark);
  say("The file is being made. One moment.");
  setTimeout(() => mark.remove(), 6000);
});

// <button data-copy="id">: puts the words of that element on the clipboard, without the gaps between them.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.replaceAll(" ", ""));
    button.lastChild.textContent = "Copied";
    say("Copied.");
  });
}

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

// <details data-menu>: Escape folds it and goes back to its summary. data-menu="floats": so does a click elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll('details[data-menu="floats"][open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/** <table-sheet> around a table or a list with data-row: a filter for its rows, and a button in each heading that sorts them.
 * A heading without words, or with data-unsorted, is left as it is. */
class TableSheet extends HTMLElement {
  connectedCallback() {
    const filter = this.querySelector("[data-filter]");
    if (filter) filter.hidden = false;
    filter?.addEventListener("input", (event) => this.filter(event.target.value));
    this.tell();
    for (const heading of this.querySelectorAll("thead th:not([data-unsorted])")) this.buttonIn(heading);
  }

  rows() {
    return [...this.querySelectorAll("tbody tr, [data-row]")];
  }

  buttonIn(heading) {
    if (!heading.textContent.trim() || heading.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorts";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => this.sort(heading));
    heading.append(button);
  }

  filter(words) {
    const wanted = words.trim().toLowerCase();
    for (const row of this.rows()) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    this.tell();
  }

  tell() {
    const place = this.querySelector("[data-shown]");
    if (place) place.textContent = this.rows().filter((row) => !row.hidden).length;
  }

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
  }
}
customElements.define("table-sheet", TableSheet);

/** <choice-sieve> around <fieldset data-sieved> of tick boxes: shows those with the words looked for. What is ticked
 * stays in sight, and a fold opens while something in it fits. */
class ChoiceSieve extends HTMLElement {
  connectedCallback() {
    const search = this.querySelector("[data-filter]");
    search.hidden = false;
    search.addEventListener("input", (event) => this.look(event.target.value));
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // sends nothing
    this.addEventListener("change", () => this.tell());
    this.tell();
  }

  boxes() {
    return [...this.querySelectorAll("[data-sieved] label")];
  }

  look(words) {
    const wanted = words.trim().toLowerCase();
    const fits = (label) => label.textContent.toLowerCase().includes(wanted);
    for (const label of this.boxes()) label.hidden = !fits(label) && !label.querySelector("input").checked;
    for (const group of this.querySelectorAll("[data-sieved]")) {
      group.hidden = !group.querySelector("label:not([hidden])");
    }
    for (const fold of this.querySelectorAll("details")) {
      fold.open = Boolean(fold.querySelector(wanted ? "label:not([hidden])" : "input:checked"));
    }
    this.tell(wanted ? this.boxes().filter(fits).length : null);
  }

  tell(fitting = null) {
    const chosen = this.boxes().filter((label) => label.querySelector("input").checked).length;
    const none = "Nothing here is called that. Try another word, or clear the field to see everything. ";
    const found = fitting === null ? "" : fitting ? `${fitting} found. ` : none;
    this.querySelector("[data-said]").textContent = `${found}${chosen ? `${chosen} chosen.` : "Nothing is chosen yet."}`;
  }
}
customElements.define("choice-sieve", ChoiceSieve);

/** <file-sending> around a form with hx-post: its [data-progress] shows how much of the files has been sent. */
class FileSending extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:beforeRequest", () => this.show(true, 0));
    this.addEventListener("htmx:afterRequest", () => this.show(false, 0));
    this.addEventListener("htmx:xhr:progress", ({ detail: { loaded, total } }) => {
      if (total) this.show(true, Math.round((100 * loaded) / total));
    });
  }

  show(busy, share) {
    this.querySelector("button").disabled = busy;
    this.querySelector("[data-progress]").hidden = !busy;
    this.querySelector("progress").value = share;
    this.querySelector("[data-said]").textContent =
      share < 100 ? `Sending: ${share} %` : "Sent. The installation is keeping your files.";
  }
}
customElements.define("file-sending", FileSending);
