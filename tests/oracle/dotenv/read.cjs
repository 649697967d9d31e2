// Prints what a reader for Node.js makes of each text: a JSON list of base64 in, one JSON value a line out.
const path = require('path')
const [reader, folder] = process.argv.slice(2)
const modules = path.resolve(folder)
let dotenv, expand, next
try {
  dotenv = require(path.join(modules, 'dotenv'))
  if (reader === 'node-expand') expand = require(path.join(modules, 'dotenv-expand')).expand
  if (reader === 'next') next = require(path.join(modules, '@next/env'))
} catch {
  process.exit(77)
}
const before = { ...process.env }
for (const key of Object.keys(before)) delete process.env[key]
const silent = { info () {}, error () {} }
for (const text of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const contents = Buffer.from(text, 'base64').toString()
  let answer
  try {
    if (next) {
      for (const key of Object.keys(process.env)) delete process.env[key]
      next.updateInitialEnv({})
      next.resetEnv()
      answer = { values: next.processEnv([{ path: '.env', contents, env: {} }], '', silent, true)[1] }
    } else {
      const parsed = dotenv.parse(contents)
      answer = { values: expand ? expand({ parsed, processEnv: {} }).parsed : parsed }
    }
  } catch {
    answer = { error: true }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
