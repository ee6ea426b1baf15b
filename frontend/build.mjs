// Builds what the pages load: one style sheet, scripts, fonts, an icon sprite and the radiology viewer.
// Reads node_modules and frontend/, writes two git-ignored folders; needs no network; the same input gives the same output.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { buildViewer } from "./viewer.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, "node_modules");
const STATIC = join(ROOT, "src/overread/web/static/build");
const VIEWER = join(ROOT, "src/overread/web/viewer/build");

const SCRIPTS = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "openseadragon.min.js": "openseadragon/build/openseadragon/openseadragon.min.js",
};

const require = createRequire(import.meta.url);

/** Fills a folder beside the final one and swaps it in, so that a page never sees half a build. */
function fresh(folder, fill) {
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  fill(half);
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

function styleSheet(out) {
  const cli = join(dirname(require.resolve("@tailwindcss/cli/package.json")), "dist/index.mjs");
  const made = join(out, "app.css");
  execFileSync(process.execPath, [cli, "--minify", "-i", join(ROOT, "frontend/css/app.css"), "-o", made], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  writeFileSync(made, fonts(out) + readFileSync(made, "utf8"));
}

/** As `overread.web.static_files` writes it behind an address: what changes gets a new one. */
function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 10);
}

/** Copies the font files that the faces name and returns the faces, pointing at the copies. */
function fonts(out) {
  const folder = join(MODULES, "@fontsource-variable/inter");
  mkdirSync(join(out, "fonts"));
  return readFileSync(join(folder, "wght.css"), "utf8").replaceAll(/url\(\.\/files\/([\w.-]+)\)/g, (_, name) => {
    cpSync(join(folder, "files", name), join(out, "fonts", name));
    return `url(fonts/${name}?v=${digest(join(out, "fonts", name))})`;
  });
}

function scripts(out) {
  for (const [name, source] of Object.entries(SCRIPTS)) cpSync(join(MODULES, source), join(out, name));
  cpSync(join(ROOT, "frontend/js"), out, { recursive: true });
}

/** One file with the icons listed in icons.txt; a name that Lucide does not have stops the build. */
function icons(out) {
  const names = readFileSync(join(ROOT, "frontend/icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const symbols = names.map((name) => {
    const source = join(MODULES, "lucide-static/icons", `${name}.svg`);
    if (!existsSync(source)) throw new Error(`icons.txt: Lucide has no icon named ${name}`);
    const inner = readFileSync(source, "utf8").replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replaceAll(/\s+/g, " ").trim()}</symbol>`;
  });
  const credit = "<!-- Lucide icons, ISC licence; see lucide-static in package.json -->";
  writeFileSync(join(out, "icons.svg"), `${credit}<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

/** Packed copies beside each text file, which the web server sends to browsers that take them. */
function packed(out) {
  for (const name of readdirSync(out).filter((n) => /\.(css|js|svg)$/.test(n))) {
    const bytes = readFileSync(join(out, name));
    writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes)); // at its slowest and smallest, as is its default
  }
}

fresh(STATIC, (out) => {
  styleSheet(out);
  scripts(out);
  icons(out);
  packed(out);
});
fresh(VIEWER, (out) => buildViewer(join(MODULES, "@ohif/app"), out));
