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
/** A place is told by the number of its paper times this, which is more than any place. */
export const PLACES = 2 ** 24;
const GROUPED = 16;
/** Places in the cells of a word: from each number on so many. */
const ZONES = [[0, 16], [BODY, 128], [BODY + 128, 256], [0, PLACES]];
/** How the signs of terms are spelled in addresses. */
const SIGNS = /** @type {Record<string, string>} */ ({ "@": "n", "#": "t", $: "s", "=": "i" });

/** @param {string} term */
function kindOf(term) {
  return term[0] === "@" ? NAME : term[0] in SIGNS ? FLAT : WORD;
}

/** @param {string} term */
function wordOf(term) {
  return kindOf(term) === WORD ? term : term.slice(1);
}

/** @param {string} term What the addresses of its own files have. */
function fileOf(term) {
  return crc(wordOf(term)).toString(16).padStart(8, "0") + (SIGNS[term[0]] || "");
}

/**
 * Rising numbers below `most`.
 * @param {Bits} bits
 * @param {number} count
 * @param {number} most
 */
function rising(bits, count, most) {
  const own = parameter(most, count);
  const found = Array(count);
  for (let i = 0, last = -1; i < count; i++) found[i] = last += bits.rice(own);
  return found;
}

/**
 * @param {Bits} bits
 * @param {number} kind
 * @param {Part} part
 * @returns {List}
 */
function readList(bits, kind, part) {
  const most = part.size;
  const number = bits.gamma();
  /** @type {number[]} */
  let papers = [];
  /** @type {number[]} */
  let levels = [];
  if (kind === WORD && number >= GROUPED) {
    for (let groups = bits.bits(4); groups >= 0; groups--) {
      const level = bits.bits(4);
      const some = rising(bits, bits.gamma(), most);
      papers = papers.concat(some);
      levels = levels.concat(some.fill(level));
    }
  } else {
    papers = kind !== WORD && number === most ? [...Array(most).keys()] : rising(bits, number, most);
    levels = papers.map(() => (kind === WORD ? bits.bits(4) : 0));
  }
  return { kind, part, papers, levels, places: [] };
}

/**
 * Read the places of a list.
 * @param {Bits} bits
 * @param {List} list
 */
function readPlaces(bits, list) {
  const { kind, papers, levels } = list;
  const order = papers.map((_, i) => i).sort((a, b) => papers[a] - papers[b]);
  const counts = order.map((i) => (kind === WORD && !levels[i] ? 0 : bits.rice(0)));
  list.places = order.flatMap((i, n) => {
    const inTitle = levels[i] >= TITLE;
    let place = papers[i] * PLACES + (kind === NAME || inTitle ? 0 : BODY) - 1;
    return Array.from({ length: counts[n] }, (_, own) => (place += bits.rice(kind === NAME ? 1 : !own && inTitle ? 2 : 5)));
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
  const word = wordOf(terms[0]);
  const number = shardOf(word, part.bits);
  const space = 2 ** (32 - part.bits);
  /** @type {Map<string, List>} */
  const found = new Map();
  /** @param {string[]} asked @param {Promise<Bits>} file @param {Promise<Bits> | false} beside */
  const read = async (asked, file, beside) => {
    const [bits, places] = await Promise.all([file, beside]);
    const wanted = new Map(asked.map((term) => [(crc([...term].reverse().join("")) % space) * 4 + kindOf(term), term]));
    for (const mark of rising(bits, bits.gamma() - 1, 4 * space)) {
      const list = readList(bits, mark % 4, part);
      if (places && list.kind !== FLAT) readPlaces(places, list);
      const term = wanted.get(mark);
      if (term) found.set(term, list);
    }
  };
  const own = terms.filter((term) => part.own.has(term));
  /* The file of a word has the name of the same letters too, unless that has a file of its own. */
  const rest = own.includes(word) ? [] : terms.filter((term) => !own.includes(term));
  await Promise.all([
    ...own.map(fileOf).map((name) =>
      read(terms, partly(part, `h${name}`, part.marks.h), placed && partly(part, `x${name}`, part.marks.x))),
    rest.length && read(rest, numbered(part, "p", number), placed && numbered(part, "q", number))
  ]);
  return found;
}

/**
 * The lists of terms in all parts: a word, or a name, or both of the same letters.
 * @param {Manifest} all
 * @param {string[]} terms
 * @returns {Promise<List[][]>} For each term.
 */
export async function everywhere(all, terms) {
  const parts = await Promise.all(all.parts.map((part) => lists(part, terms, false)));
  return terms.map((term) => parts.flatMap((found) => found.get(term) || []));
}

/**
 * Where in a part a word stands of which the places are cut into cells.
 * @param {Part} part
 * @param {string} term
 * @param {number[]} rows
 * @param {number[]} columns
 * @returns {Promise<Standing>}
 */
async function inCells(part, term, rows, columns) {
  const cells = await Promise.all(rows.flatMap((row) => columns.map((column) =>
    partly(part, `x${fileOf(term)}${row}${column}`, part.marks.x))));
  let length = 0;
  const places = cells.flatMap((bits) => {
    length = bits.gamma();
    return ZONES.flatMap(([from, width]) => rising(bits, bits.gamma() - 1, part.size * width)
      .map((number) => Math.floor(number / width) * PLACES + number % width + from));
  });
  return { papers: { length }, places };
}

/**
 * Where, in each part, one of some terms in a row stands, and how many papers have it. Of a word that stands in very many
 * places not all are loaded: those that may be between its neighbours, or of a pair that has files of its own these.
 * @param {Manifest} all
 * @param {string[]} terms
 * @param {number} at
 * @returns {Promise<Standing[]>}
 */
export function standing(all, terms, at) {
  return Promise.all(all.parts.map(async (part) => {
    const term = terms[at];
    const sides = part.own.get(term) || 1;
    const pairs = [at, at - 1].map((from) => `${terms[from]} ${terms[from + 1]}`);
    const pair = pairs.findIndex((one) => part.own.has(one));
    /** @param {string} own @param {boolean} placed */
    const only = async (own, placed) => (await lists(part, [own], placed)).get(own) || { papers: [], places: [] };
    /** @param {string} other */
    const lines = (other) => (pair >= 0 ? [0] : other ? [(shardOf(other, 3) * sides) >> 3] : [...Array(sides).keys()]);
    const [own, both] = await Promise.all([
      sides < 2 ? only(term, pair < 0) : inCells(part, term, lines(terms[at - 1]), lines(terms[at + 1])),
      pair >= 0 && only(pairs[pair], true).then(({ places }) => ({ places: places.map((place) => place + pair) }))
    ]);
    return { ...own, ...both };
  }));
}
