/*
 * Runs the search of a site in Node: node node_search.js SITE < queries.json > answers.json
 * The engine gets the few parts of a browser that it uses: it is the file that readers get, unchanged.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { pathToFileURL, fileURLToPath } = require("node:url");

const site = path.resolve(process.argv[2]);
const engine = path.join(site, "assets/js/search-engine.js");

function runScript(script) {
  const url = new URL(script.src);
  url.search = "";
  let text;
  try {
    text = fs.readFileSync(fileURLToPath(url), "utf8");
  } catch {
    return script.onerror();
  }
  vm.runInContext(text, context);
  return script.onload();
}

const document = {
  currentScript: { src: pathToFileURL(engine).href },
  createElement: () => ({ remove() {} }),
  head: { append: (script) => setTimeout(runScript, 0, script) }
};
const context = vm.createContext({ document, URL });
context.window = context;
vm.runInContext(fs.readFileSync(engine, "utf8"), context);

async function main() {
  const answers = [];
  for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
    answers.push(await context.Broadsheet.search(query).catch((error) => ({ error: error.message })));
  }
  process.stdout.write(JSON.stringify(answers));
}

main();
