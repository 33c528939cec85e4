/*
 * Runs the search of a site in Node: node node_search.js SITE. A line of standard input is a list of questions in JSON, and
 * a line of standard output the list of their answers. A question is {search: query}, {facets: query}, {words: [name, ...]}
 * for a function of Broadsheet.words, or {loaded: true} for the files that were loaded since this was last asked. The
 * script gets the few parts of a browser that it uses; it is the file that readers get, unchanged.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const vm = require("node:vm");
const zlib = require("node:zlib");
const { Duplex } = require("node:stream");
const { pathToFileURL, fileURLToPath } = require("node:url");

const site = path.resolve(process.argv[2]);
let loaded = [];

function runScript(script) {
  const url = new URL(script.src);
  url.search = "";
  const file = fileURLToPath(url);
  loaded.push(path.relative(path.join(site, "search"), file));
  let text;
  try {
    const content = fs.readFileSync(file);
    text = new TextDecoder(content[0] === 255 ? "utf-16le" : "utf-8").decode(content);
  } catch {
    return script.onerror();
  }
  document.currentScript = script;
  vm.runInContext(text, context);
  return script.onload();
}

const document = {
  currentScript: null,
  createElement: () => ({ remove() {} }),
  head: { append: (script) => setImmediate(runScript, script) }
};
/* Node's own DecompressionStream knows no "deflate-raw" before 20.12. */
class Inflate {
  constructor() {
    return Duplex.toWeb(zlib.createInflateRaw());
  }
}

const context = vm.createContext({ document, URL, TextEncoder, Blob, Response, DecompressionStream: Inflate });
context.window = context;
const engine = path.join(site, "assets/js/search-engine.js");
document.currentScript = { src: pathToFileURL(engine).href };
vm.runInContext(fs.readFileSync(engine, "utf8"), context);

const { search, facets, words } = context.Broadsheet;
const shown = (answer) => ({ ...answer, terms: { words: [...answer.terms.words], beginnings: answer.terms.beginnings } });

/** Terms of an answer, as they were shown, in the form that Broadsheet.words.marks takes. */
const asked = (value) => (value && value.beginnings ? { ...value, words: new Set(value.words) } : value);

async function answer(question) {
  if (question.loaded) return loaded.splice(0).sort();
  if (question.facets) return facets(question.facets);
  if (question.words) return words[question.words[0]](...question.words.slice(1).map(asked));
  return shown(await search(question.search));
}

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const answers = [];
  for (const question of JSON.parse(line)) answers.push(await answer(question).catch((error) => ({ error: error.message })));
  process.stdout.write(`${JSON.stringify(answers)}\n`);
});
