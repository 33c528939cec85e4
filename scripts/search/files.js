/*
 * The files in search/. They are classic scripts, so they are loaded from a disk as over http; docs/guide/search-index.md
 * has their format.
 */
import { Bits, CHANGED } from "./bits.js";
import { firstFrom } from "./days.js";

const home = new URL("../../search/", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/** @type {Map<string, Promise<any>>} What was asked for lately, by file, the oldest first. */
const asked = new Map();
/** @type {any} What a script has brought that has just run: before another does, it is told that this was loaded. */
let arrived;
const KEPT = 400;

/* What files call. */
window.bs = (value) => (arrived = value);

/**
 * A file, loaded once. A failure is not remembered: the next search tries again.
 * @param {string} file
 * @param {string} mark
 * @returns {Promise<any>}
 */
function load(file, mark) {
  const found = asked.get(file) || new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = script.onerror = () => {
      script.remove();
      if (arrived) resolve(arrived);
      else {
        asked.delete(file);
        reject(new Error(`search/${file} could not be loaded`));
      }
      arrived = 0;
    };
    script.src = new URL(file + (mark && `?${mark}`), home).href;
    document.head.append(script);
  });
  asked.delete(file);
  asked.set(file, found);
  if (asked.size > KEPT) asked.delete([...asked.keys()].find((name) => name.includes("/")) || "");
  return found;
}

/**
 * @param {string} text Terms, each without what it shares with the one before, and a number of each.
 * @returns {[string, number][]}
 */
function unfronted(text) {
  let before = "";
  return text ? text.split("\n").map((rest) =>
    [before = before.slice(0, Number(rest[0])) + rest.slice(2), Number(rest[1])]) : [];
}

/**
 * @param {boolean} again Not the one that was loaded: the site has changed since.
 * @returns {Promise<Manifest>}
 */
export async function manifest(again) {
  if (again) asked.clear();
  /** @type {Manifest} */
  const found = await load("manifest.js", again ? String(Date.now()) : "");
  for (const part of found.parts) part.own ||= new Map(unfronted(part.heavy));
  return found;
}

/**
 * Of each day that is some paper's first how long after the one before it is, and how many papers.
 * @param {Manifest} all
 * @returns {Promise<number[]>}
 */
export async function daily(all) {
  const days = await load("days.js", all.days);
  if (firstFrom(days, 1e9) !== all.papers) throw CHANGED;
  return days;
}

/**
 * What a file of a part holds: first, of how many papers that is.
 * @param {Part} part
 * @param {string} name
 * @param {string} mark
 */
export async function partly(part, name, mark) {
  const bits = new Bits(await load(`${part.name}/${name}.js`, mark));
  if (bits.bits(30) !== part.size) throw CHANGED;
  return bits;
}

/**
 * What a file of a part holds that has a number: its neighbours share its mark.
 * @param {Part} part
 * @param {string} kind
 * @param {number} number
 */
export function numbered(part, kind, number) {
  const place = 3 * (kind === "c" ? number : number >> 6);
  return partly(part, kind + number.toString(36).padStart(2, "0"), part.marks[kind].slice(place, place + 3));
}

/**
 * What was packed in a file that has a number. The common text of the manifest stands before it, as a block that is not
 * packed.
 * @param {Manifest} all
 * @param {Part} part
 * @param {string} kind
 * @param {number} number
 * @returns {Promise<any>}
 */
export async function unpacked({ common }, part, kind, number) {
  const bits = await numbered(part, kind, number);
  const length = [common.length & 255, common.length >> 8];
  const bytes = [0, ...length, ...length.map((byte) => byte ^ 255), ...new TextEncoder().encode(common)];
  for (let i = bits.bits(24); i--;) bytes.push(bits.bits(8));
  const { body } = /** @type {{body: ReadableStream}} */ (new Response(new Uint8Array(bytes)));
  const stream = body.pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse((await new Response(stream).text()).slice(common.length));
}
