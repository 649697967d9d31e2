// Answers `compare` and `range` as npm's semver does, in the form of spell.cpp. argv[2]: a folder of modules.
const { createRequire } = require("module");
const path = require("path");
const places = [process.argv[2] || "", "/usr/share/nodejs/npm", "/usr/lib/node_modules/npm", "/usr/share/nodejs"];
let semver = null;
for (const place of places) {
  try { semver = createRequire(path.join(place, "x.js"))("semver"); break; } catch { continue; }
}
if (!semver) process.exit(77);
const answer = ([what, , a, b]) => {
  if (what === "compare") return ["<", "=", ">"][semver.compare(a, b) + 1];
  if (semver.parse(a, true) === null || semver.validRange(b, true) === null) return "unknown";
  // What is locked may be a pre-release where anything will do (npm's dep-valid).
  return b === "" || b === "*" || semver.satisfies(a, b, true) ? "in" : "out";
};
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
console.log(lines.map((line) => answer(line.split("\t"))).join("\n"));
