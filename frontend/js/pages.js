// What pages do beyond links and forms. Each works without it: files are sent, tables are whole and in order.

document.addEventListener("alpine:init", () => {
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
      setTimeout(() => (this.busy = false), 6000);
    },
  }));

  // <div x-data="sheet">: a filter for the table's rows, and headings that sort them.
  window.Alpine.data("sheet", () => ({
    wanted: "",
    shown: 0,
    init() {
      this.shown = this.rows().length;
    },
    rows() {
      return [...this.$root.querySelectorAll("tbody tr")];
    },
    filter(event) {
      const wanted = event.target.value.trim().toLowerCase();
      const rows = this.rows();
      rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
      this.shown = rows.filter((row) => !row.hidden).length;
    },
    sort(event) {
      const heading = event.target.closest("th");
      const column = [...heading.parentElement.children].indexOf(heading);
      const falling = heading.getAttribute("aria-sort") === "ascending";
      const text = (row) => row.children[column].textContent.trim();
      const order = (a, b) => text(a).localeCompare(text(b), undefined, { numeric: true });
      const sorted = this.rows().sort((a, b) => (falling ? order(b, a) : order(a, b)));
      for (const other of heading.parentElement.children) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
      sorted.forEach((row) => row.parentElement.append(row));
    },
  }));

  // The reading room: Ctrl+S (or Cmd+S) keeps the draft.
  window.Alpine.data("reading", () => ({
    keep(event) {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.$root.querySelector("button[name=save]")?.click();
    },
  }));
});
