// Answers `agree` as `npm ci` decides it, in the form of spell.cpp: the lock as it is, the tree that the manifests ask
// for, and npm's own comparison of the two. Without a network: what is missing would have to be fetched, and differs.
const { createRequire } = require("module");
const path = require("path");
let own = null;
for (const place of ["/usr/lib/node_modules/npm", "/usr/local/lib/node_modules/npm", "/usr/share/nodejs/npm"]) {
  try {
    const from = createRequire(path.join(place, "x.js"));
    // npm 9 forgives an optional package that the lock lacks; gate asks what later ones ask.
    if (parseInt(from("./package.json").version, 10) < 10) continue;
    own = { Arborist: from("@npmcli/arborist"), validate: from(path.join(place, "lib/utils/validate-lockfile.js")) };
    break;
  } catch { continue; }
}
if (!own) process.exit(77);
// npm 11 exports an object, earlier ones the function.
const validate = typeof own.validate === "function" ? own.validate : own.validate.validateLockfile;
if (typeof validate !== "function") process.exit(77);

const answer = async (file) => {
  const options = { path: path.dirname(file), packageLock: true, offline: true, audit: false, fund: false, save: false,
    registry: "http://127.0.0.1:9/", fetchRetries: 0 };
  try {
    const virtual = new own.Arborist(options);
    await virtual.loadVirtual();
    const inventory = new Map(virtual.virtualTree.inventory);
    const ideal = new own.Arborist(options);
    await ideal.buildIdealTree();
    return validate(inventory, ideal.idealTree.inventory).length === 0 ? "agrees" : "differs";
  } catch (error) {
    return "differs";
  }
};
(async () => {
  const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
  for (const line of lines) console.log(await answer(line.split("\t")[1]));
})();
