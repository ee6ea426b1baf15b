// The slide viewer: OpenSeadragon with our own buttons, keys and scale. Styles are set through the DOM alone, so that
// the content security policy stays strict.

(() => {
  const NICE = [1, 2, 5];
  const WIDEST_BAR = 140; // pixels on the screen
  const SOON = 250; // milliseconds after which loading is worth a word
  const KEYS = { "+": "in", "=": "in", "-": "out", _: "out", 0: "home", r: "right", R: "left", f: "screen", F: "screen" };
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  /** The longest round length in micrometres that fits into so many. */
  function round(microns) {
    const ten = 10 ** Math.floor(Math.log10(microns));
    return ten * (NICE.filter((n) => n * ten <= microns).pop() ?? 1);
  }

  const inWords = (microns) => (microns >= 1000 ? `${microns / 1000} mm` : `${Number(microns.toPrecision(1))} µm`);

  class SlideViewer {
    constructor(root) {
      this.root = root;
      this.part = (name) => root.querySelector(`[data-${name}]`);
      this.viewer = window.OpenSeadragon(this.options());
      this.labelled();
      this.listens();
      this.open(root.querySelector("[data-slide][aria-pressed=true]:enabled") ?? root.querySelector("[data-slide]:enabled"));
    }

    options() {
      return {
        element: this.part("canvas"),
        drawer: "canvas",
        showNavigationControl: false,
        showNavigator: true,
        navigatorPosition: "BOTTOM_RIGHT",
        navigatorSizeRatio: 0.22,
        minZoomImageRatio: 0.8,
        maxZoomPixelRatio: 3,
        visibilityRatio: 0.6,
        constrainDuringPan: true,
        animationTime: calm.matches ? 0 : 0.6,
        blendTime: 0,
        imageLoaderLimit: 6,
        tileRetryMax: 2,
        tileRetryDelay: 1000,
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
        gestureSettingsTouch: { pinchRotate: false, flickEnabled: !calm.matches },
      };
    }

    labelled() {
      const canvas = this.viewer.canvas;
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-label", "Slide. Arrow keys move, plus and minus zoom, 0 shows the whole slide.");
      if (!document.fullscreenEnabled) this.root.querySelector("[data-do=screen]").hidden = true;
      const navigator = this.viewer.navigator.element;
      navigator.setAttribute("aria-hidden", "true"); // the same picture again, for the mouse
      for (const part of [navigator, ...navigator.querySelectorAll("[tabindex]")]) part.tabIndex = -1;
    }

    listens() {
      this.root.addEventListener("click", (event) => {
        const chosen = event.target.closest("[data-slide]");
        if (chosen) this.open(chosen);
        const asked = event.target.closest("[data-do]");
        if (asked) this.do(asked.dataset.do);
      });
      // Inside the picture its own keys apply, not the single keys of the page around it.
      this.viewer.canvas.addEventListener("keydown", (event) => {
        if (!event.ctrlKey && !event.metaKey && event.key !== "?") event.stopPropagation();
      });
      document.addEventListener("fullscreenchange", () => this.resized());
      for (const name of ["animation", "open", "resize", "rotate"]) this.viewer.addHandler(name, () => this.measure());
      this.viewer.addHandler("canvas-key", (event) => this.key(event));
      this.viewer.addHandler("open-failed", () => this.failed("The slide could not be opened. Load the page again; nothing is lost."));
      this.viewer.addHandler("tile-load-failed", () => this.failed("A part of the slide could not be shown. What you see elsewhere is whole."));
      this.viewer.world.addHandler("add-item", ({ item }) => {
        item.addHandler("fully-loaded-change", ({ fullyLoaded }) => this.busy(!fullyLoaded));
      });
    }

    open(button) {
      if (!button) return this.busy(false);
      for (const other of this.root.querySelectorAll("[data-slide]")) other.setAttribute("aria-pressed", String(other === button));
      for (const facts of this.root.querySelectorAll("[data-facts]")) facts.hidden = facts.dataset.facts !== button.dataset.number;
      this.microns = Number(button.dataset.microns) || null;
      this.busy(true, `Slide ${button.dataset.number} is loading.`);
      this.name = `Slide ${button.dataset.number}`;
      this.viewer.open(button.dataset.slide);
    }

    do(what) {
      const view = this.viewer.viewport;
      if (what === "in" || what === "out") view.zoomBy(what === "in" ? 1.6 : 1 / 1.6);
      if (what === "left" || what === "right") view.rotateBy(what === "left" ? -90 : 90);
      if (what === "home") {
        view.setRotation(0);
        view.goHome();
      }
      if (what === "screen") this.screen();
      view.applyConstraints();
    }

    screen() {
      if (!document.fullscreenEnabled) return;
      if (document.fullscreenElement) document.exitFullscreen();
      else this.root.requestFullscreen();
    }

    resized() {
      const full = document.fullscreenElement === this.root;
      this.root.querySelector("[data-do=screen]").setAttribute("aria-pressed", String(full));
      this.part("canvas").style.height = full ? "calc(100vh - 10rem)" : "";
    }

    /** Each press is one step. Of OpenSeadragon's own keys the arrows are left; its "f" would mirror the section. */
    key(event) {
      const { key } = event.originalEvent;
      if (key.startsWith("Arrow") || key === "Tab") return;
      event.preventDefaultAction = true;
      if (!KEYS[key]) return;
      event.originalEvent.preventDefault();
      this.do(KEYS[key]);
    }

    busy(is, words) {
      clearTimeout(this.later);
      const sign = this.part("busy");
      if (is) this.later = setTimeout(() => (sign.hidden = false), words ? 0 : SOON);
      else sign.hidden = true;
      if (words) this.part("said").textContent = words;
      else if (!is && this.name && !this.broken) this.part("said").textContent = `${this.name} is shown.`;
    }

    failed(words) {
      this.broken = true;
      this.busy(false);
      this.part("said").textContent = words;
    }

    measure() {
      const scale = this.part("scale");
      const item = this.viewer.world.getItemAt(0);
      scale.hidden = !(this.microns && item);
      if (scale.hidden) return;
      const micronsAPixel = this.microns / item.viewportToImageZoom(this.viewer.viewport.getZoom(true));
      const length = round(micronsAPixel * WIDEST_BAR);
      this.part("bar").style.width = `${length / micronsAPixel}px`;
      this.part("length").textContent = inWords(length);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const root of document.querySelectorAll("[data-slide-viewer]")) root.slideViewer = new SlideViewer(root);
  });
})();
