// Prepares OHIF's own distribution for Overread: our address prefix, nothing that calls an outside server,
// nothing that reading CT, MR and X-ray does not need. docs/adr/0160 says why each rewrite is there.

import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Where `overread.web.viewer.urls` serves these files. */
const PREFIX = "/viewer/ohif/";

// onnxruntime (136 MB), the microscopy viewer, the service worker, sign-in helpers and icons for telephones' home screens.
const LEFT_OUT =
  /(^|\/)(ort|dicom-microscopy-viewer|customizations)(\/|$)|\.map$|(^|\/)(sw|google|init-service-worker|oidc-client\.min|polyfill\.min|es6-shim\.min|app-config)\.js$|\.(html|webapp)$|(^|\/)(manifest|serve)\.json$|(^|\/)_(headers|redirects)$|(^|\/)assets\/(?!images|favicon)/;

const MODES_KEPT = ["@ohif/mode-basic"];
const EXTENSIONS_KEPT = ["@ohif/extension-default", "@ohif/extension-cornerstone"];
// The worker that decodes compressed pictures, beside the application itself the one script that knows how.
const DECODES = /\bdecodeTask\(/;
const WORTH_PACKING = /\.(js|css|wasm|svg)$/;

export function buildViewer(ohif, out) {
  const dist = join(ohif, "dist");
  cpSync(dist, out, { recursive: true, filter: (source) => !LEFT_OUT.test(source.slice(dist.length + 1)) });
  cpSync(join(ohif, "LICENSE"), join(out, "LICENSE"));
  const files = readdirSync(out, { recursive: true }).filter((name) => statSync(join(out, name)).isFile());
  const app = theOne(files, /^app\.bundle\.\w+\.js$/);
  files.filter((name) => name.endsWith(".js")).forEach((name) => rewrite(join(out, name), name === app));
  files.filter((name) => name.endsWith(".css")).forEach((name) => change(join(out, name), (css) => css.replaceAll("url(/", `url(${PREFIX}`)));
  const decoder = theOne(files.filter((name) => name.endsWith(".js") && DECODES.test(readFileSync(join(out, name), "utf8"))), /^\d+\.bundle\.\w+\.js$/);
  writeFileSync(join(out, "entry.json"), JSON.stringify({ script: app, style: "app.bundle.css", decoder }) + "\n");
  files.filter((name) => WORTH_PACKING.test(name)).forEach((name) => pack(join(out, name)));
  if (!existsSync(join(out, "app.bundle.css"))) throw new Error("OHIF's distribution has no app.bundle.css");
}

function theOne(files, pattern) {
  const found = files.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`OHIF's distribution should have one ${pattern}, it has ${found.length}`);
  return found[0];
}

function rewrite(path, isApp) {
  change(path, (script) => {
    const prefixed = script.replaceAll('__webpack_require__.p = "/"', `__webpack_require__.p = "${PREFIX}"`);
    if (!isApp) return prefixed;
    if (prefixed === script) throw new Error("OHIF's distribution changed: webpack's public path was not found");
    return onlyKept(onlyKept(prefixed, "modes", MODES_KEPT), "extensions", EXTENSIONS_KEPT);
  });
}

function change(path, how) {
  const before = readFileSync(path, "utf8");
  const after = how(before);
  if (after !== before) writeFileSync(path, after);
}

/** OHIF registers every mode and extension it was built with; only the kept ones stay registered. */
function onlyKept(text, kind, kept) {
  const line = new RegExp(`^pluginImports_${kind}\\.push\\("([^"]+)"\\);$`, "gm");
  const names = [...text.matchAll(line)].map((match) => match[1]);
  const missing = kept.filter((name) => !names.includes(name));
  if (missing.length) throw new Error(`OHIF's distribution no longer registers ${missing.join(", ")}`);
  return text.replaceAll(line, (whole, name) => (kept.includes(name) ? whole : ""));
}

function pack(path) {
  const bytes = readFileSync(path);
  if (bytes.length > 1024) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 6 }));
}
