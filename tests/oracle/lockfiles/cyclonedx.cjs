// Holds what `gate show packages --format cyclonedx` prints of every sample of a lockfile against the schema of CycloneDX.
//   node cyclonedx.cjs GATE SAMPLES MODULES     exit status 77 where MODULES has neither the schema nor what reads it
const { createRequire } = require("module");
const { execFileSync } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");

const [gate, samples, modules] = process.argv.slice(2).map((word) => path.resolve(word));
const schemas = path.join(modules, "@cyclonedx/cyclonedx-library/res/schema");
let Ajv, addFormats;
try {
  const from = createRequire(path.join(modules, "x.js"));
  Ajv = from("ajv").default;
  addFormats = from("ajv-formats").default;
  if (!fs.existsSync(schemas)) process.exit(77);
} catch {
  process.exit(77);
}

const read = (name) => JSON.parse(fs.readFileSync(path.join(schemas, name + ".SNAPSHOT.schema.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// The format of addresses that are not ASCII alone; ours are.
ajv.addFormat("iri-reference", (text) => !/\s/.test(text));
ajv.addFormat("idn-email", (text) => text.includes("@"));
ajv.addSchema(read("spdx"), "http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json");
ajv.addSchema(read("jsf-0.82"), "http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json");
const validate = ajv.compile(read("bom-1.5"));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gate-cyclonedx-"));
try {
  for (const sample of fs.readdirSync(samples)) {
    if (sample.includes("broken")) continue;
    const text = fs.readFileSync(path.join(samples, sample), "utf8");
    const parts = text.split(/^-- (.+) --\n/m).slice(1);
    for (let index = 0; index + 1 < parts.length; index += 2) {
      if (parts[index] === "wanted") continue;
      const file = path.join(folder, sample.replace(/\.txt$/, ""), parts[index]);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, parts[index + 1]);
    }
  }
  execFileSync("git", ["init", "--quiet", folder], { env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" } });
  const printed = execFileSync(gate, ["show", "packages", "--format", "cyclonedx"], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
  const bill = JSON.parse(printed);
  let wrong = 0;
  const fail = (text) => { wrong += 1; console.log(text); };
  if (!validate(bill)) {
    for (const one of validate.errors.slice(0, 20)) fail(`${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`);
  }
  // What the schema does not say: that references lead somewhere, and that none is there twice.
  const references = bill.components.map((component) => component["bom-ref"]);
  const known = new Set([bill.metadata.component["bom-ref"], ...references]);
  if (known.size !== references.length + 1) fail("a reference is there twice");
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const one of [ref, ...dependsOn]) if (!known.has(one)) fail(`no component ${one}`);
  }
  // A judge that always agrees judges nothing.
  const mutations = [
    (it) => delete it.specVersion,
    (it) => { it.components[0].type = "thing"; },
    (it) => { it.components.find((one) => one.hashes).hashes[0].content = "xyz"; },
    (it) => { it.components.find((one) => one.licenses).licenses.push({ expression: "MIT" }, { license: { id: "None" } }); },
  ];
  for (const mutate of mutations) {
    const copy = JSON.parse(printed);
    mutate(copy);
    if (validate(copy)) fail(`taken all the same: ${mutate}`);
  }
  console.log(`${references.length} components, ${wrong} mistakes`);
  process.exitCode = wrong === 0 && references.length > 50 ? 0 : 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
