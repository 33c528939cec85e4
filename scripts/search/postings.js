/* The postings of terms: generator/search/postings.py writes them. */
import { crc, parameter, shardOf } from "./bits.js";
import { numbered, partly } from "./files.js";

/** @typedef {import("./bits.js").Bits} Bits */

export const WORD = 0;
export const NAME = 1;
export const FLAT = 2;
/** From this level on a word stands in the title. */
export const TITLE = 8;
/** The first place of a word that is not in the title. */
export const BODY = 64;
const GROUPED = 16;
/** How the signs of terms are spelled in addresses. */
const SIGNS = /** @type {Record<string, string>} */ ({ "@": "n", "#": "t", $: "s", "=": "i" });

/** @param {string} term */
function kindOf(term) {
  return term[0] === "@" ? NAME : term[0] in SIGNS ? FLAT : WORD;
}

/**
 * @param {Bits} bits
 * @param {number} kind
 * @param {Part} part
 * @returns {List}
 */
function readList(bits, kind, part) {
  const number = bits.gamma();
  /** @type {number[]} */
  const papers = [];
  /** @type {number[]} */
  const levels = [];
  const most = part.size;
  if (kind === WORD && number >= GROUPED) {
    for (let groups = bits.bits(4); groups >= 0; groups--) {
      const level = bits.bits(4);
      const count = bits.gamma();
      const own = parameter(most, count);
      for (let i = 0, paper = -1; i < count; i++) {
        papers.push(paper += bits.rice(own));
        levels.push(level);
      }
    }
  } else {
    const all = kind !== WORD && number === most;
    const own = parameter(most, number);
    for (let i = 0, paper = -1; i < number; i++) {
      papers.push(paper += all ? 1 : bits.rice(own));
      levels.push(kind === WORD ? bits.bits(4) : 0);
    }
  }
  return { kind, part, papers, levels, places: [] };
}

/**
 * Read the places of a list, whose papers are put in order.
 * @param {Bits} bits
 * @param {List} list
 */
function readPlaces(bits, list) {
  const { kind, papers, levels } = list;
  const order = papers.map((_, i) => i).sort((a, b) => papers[a] - papers[b]);
  list.papers = order.map((i) => papers[i]);
  list.levels = order.map((i) => levels[i]);
  const counts = list.levels.map((level) => (kind === WORD && !level ? 0 : bits.gamma()));
  list.places = counts.map((length, i) => {
    const inTitle = list.levels[i] >= TITLE;
    let place = kind === NAME || inTitle ? -1 : BODY - 1;
    return Array.from({ length }, (_, n) => (place += bits.rice(kind === NAME ? 1 : !n && inTitle ? 2 : 5)));
  });
}

/**
 * The lists of terms in a part: a word, or a name, or both of the same letters.
 * @param {Part} part
 * @param {string[]} terms
 * @param {boolean} placed Whether places are asked for: then of one term.
 * @returns {Promise<Map<string, List>>}
 */
async function lists(part, terms, placed) {
  const word = kindOf(terms[0]) === WORD ? terms[0] : terms[0].slice(1);
  /** @type {Map<string, List>} */
  const found = new Map();
  const own = terms.filter((term) => part.own.has(term));
  /* The file of a word has the name of the same letters too, unless that has a file of its own. */
  const rest = terms.filter((term) => !own.includes(term) && !(own.includes(word) && kindOf(term) === NAME));
  await Promise.all([...own.map(async (term) => {
    const kind = kindOf(term);
    const name = crc(word).toString(16).padStart(8, "0") + (SIGNS[term[0]] || "");
    const [bits, places] = await Promise.all([
      partly(part, `h${name}`, part.marks.h), placed && partly(part, `x${name}`, part.marks.x)
    ]);
    const list = readList(bits, kind, part);
    found.set(term, list);
    if (places) readPlaces(places, list);
    else if (kind === WORD && bits.bit()) found.set(`@${term}`, readList(bits, NAME, part));
  }), rest.length && fromShard(part, word, rest, placed, found)]);
  return found;
}

/**
 * @param {Part} part
 * @param {string} word
 * @param {string[]} terms
 * @param {boolean} placed
 * @param {Map<string, List>} found
 */
async function fromShard(part, word, terms, placed, found) {
  const number = shardOf(word, part.bits);
  const [bits, places] = await Promise.all([numbered(part, "p", number), placed && numbered(part, "q", number)]);
  const space = 2 ** (32 - part.bits);
  const wanted = new Map(terms.map((term) => [crc([...term].reverse().join("")) % space, term]));
  const count = bits.gamma() - 1;
  const own = parameter(space, Math.max(1, count));
  for (let i = 0, mark = -1; i < count; i++) {
    mark += bits.rice(own);
    const kind = bits.bits(2);
    const list = readList(bits, kind, part);
    if (places && kind !== FLAT) readPlaces(places, list);
    const term = wanted.get(mark);
    if (term !== undefined && kindOf(term) === kind) found.set(term, list);
  }
}

/**
 * The lists of terms in all parts: a word, or a name, or both of the same letters.
 * @param {Manifest} all
 * @param {string[]} terms
 * @param {boolean} [placed]
 * @returns {Promise<List[][]>} For each term.
 */
export async function everywhere(all, terms, placed = false) {
  const parts = await Promise.all(all.parts.map((part) => lists(part, terms, placed)));
  return terms.map((term) => parts.flatMap((found) => found.get(term) || []));
}
