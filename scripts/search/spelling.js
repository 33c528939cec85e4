/* Completing what is half typed and mending what is mistyped: generator/search/spelling.py writes the dictionaries. */
import { shardOf } from "./bits.js";
import { unpacked } from "./files.js";

/** Words are completed from so many letters on. */
export const HEAD = 3;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
/* So many words stand for one that is half typed, or for one that is mistyped. */
const COMPLETED = 6;
const MENDED = 3;

/**
 * The words that begin with the same letters as `word`, with the digit for how many papers have each.
 * @param {Manifest} all
 * @param {string} head
 * @returns {Promise<[string, number][]>}
 */
async function headed(all, head) {
  /** @type {string[]} */
  const texts = await Promise.all(all.parts.map((part) => unpacked(all, part, "f", shardOf(head, part.words))));
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const text of texts) {
    let word = "";
    for (const entry of text.split(" ")) {
      word = word.slice(0, DIGITS.indexOf(entry[0])) + entry.slice(2);
      const papers = DIGITS.indexOf(entry[1]);
      if (word.startsWith(head)) found.set(word, Math.max(papers, found.get(word) || 0));
    }
  }
  return [...found];
}

/**
 * The words that end, after the first letters, with `tail`.
 * @param {Manifest} all
 * @param {string} tail
 * @returns {Promise<[string, number][]>}
 */
async function tailed(all, tail) {
  const parts = all.parts.filter((part) => part.marks.r);
  /** @type {string[]} */
  const texts = await Promise.all(parts.map((part) => unpacked(all, part, "r", shardOf(tail, part.words))));
  return texts.flatMap((text) => {
    const group = text.split(" ").find((one) => one.startsWith(`${tail}:`)) || "";
    return (group.slice(tail.length + 1).match(/.{4}/g) || []).map((one) =>
      /** @type {[string, number]} */ ([one.slice(0, HEAD) + tail, DIGITS.indexOf(one[HEAD])]));
  });
}

/**
 * How many letters must be added, left out, changed or swapped with their neighbours.
 * @param {string} a
 * @param {string} b
 */
function slips(a, b) {
  /** @type {number[][]} */
  const rows = [];
  for (let i = 0; i <= a.length; i++) {
    rows.push([]);
    for (let j = 0; j <= b.length; j++) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i][j] = i && j ? Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1]),
        swapped ? rows[i - 2][j - 2] + 1 : Infinity) : i + j;
    }
  }
  return rows[a.length][b.length];
}

/**
 * The commonest words that begin with `word`.
 * @param {Manifest} all
 * @param {string} word
 */
export async function complete(all, word) {
  const found = word.length < HEAD ? [] : await headed(all, word.slice(0, HEAD));
  return found.filter(([other]) => other.startsWith(word) && other !== word)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, COMPLETED).map(([other]) => other);
}

/**
 * The words that a mistyped one may be, the likeliest first, with how far each is and the digit for its papers. It has
 * an intact beginning or an intact end, or its third and fourth letter are swapped.
 * @param {Manifest} all
 * @param {string} word
 * @returns {Promise<{word: string, far: number, papers: number}[]>}
 */
export async function mend(all, word) {
  if (word.length < 4 || /^\d|[\u2e80-\uffff]/.test(word)) return [];
  const most = word.length > 8 ? 2 : 1;
  const heads = new Set([word.slice(0, 3), word.slice(0, 2) + word[3]]);
  const tails = [2, 3, 4].map((from) => word.slice(from)).filter((tail) => tail.length > 1);
  const found = await Promise.all([
    ...[...heads].map((head) => headed(all, head)), ...tails.map((tail) => tailed(all, tail))
  ]);
  return [...new Map(found.flat())]
    .filter(([other]) => Math.abs(other.length - word.length) <= most)
    .map(([other, papers]) => ({ word: other, far: slips(word, other), papers }))
    .filter(({ far }) => far && far <= most)
    .sort((a, b) => a.far - b.far || b.papers - a.papers || (a.word < b.word ? -1 : 1)).slice(0, MENDED);
}
