/*
 * The words of a text, as the search knows them: the rules of generator/search/words.py, which says them in full. Both
 * are held to the examples in tests/search/words.json.
 */

export const STOP = new Set(("a an and are as at be been but by can each for from has have how however if in into is it its may"
  + " more most of on only or other our s show so some such than that the their them then there these they this to use used"
  + " using based both also not via was we well were when where which while will with between does do propose proposed"
  + " present presented provide demonstrate").split(" "));
const LETTERS = /** @type {Record<string, string>} */ ({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", þ: "th",
  ŋ: "n", ς: "σ", "’": "'", "‐": "-", "‑": "-", "−": "-" });
const NAMES = ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
  + " phi chi psi omega").split(" ");
const GREEK = new Map([..."αβγδεζηθικλμνξοπρστυφχψω"].map((letter, i) => [letter, NAMES[i]]));
const IRREGULAR = new Map(Object.entries({ analyses: "analysis", bias: "bias", biases: "bias", caches: "cache",
  corpora: "corpus", hypotheses: "hypothesis", indices: "index", matrices: "matrix", series: "series", vertices: "vertex" }));
const SIGNS = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTER = `(?:(?![${SIGNS}])[\\p{L}\\p{N}])+`;
const TOKEN = new RegExp(`[${SIGNS}]+|${LETTER}(?:['-]${LETTER})*`, "gu");
const SIGN = new RegExp(`^[${SIGNS}]`, "u");
/* A word in a text as it is written: with its accents, and one at a time. */
const WRITTEN = new RegExp(`[${SIGNS}]+|(?:(?![${SIGNS}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
const LONGEST = 40;
const JOINED = 26;

/** @param {string} text */
function tex(text) {
  return text.replace(/\\(?:["'`^~=.]|[uvHcdbkrt](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?/g, "$1")
    .replace(/\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])\s?/g, "$1")
    .replace(/\\(?:var)?([A-Za-z]+)/g, (_, name) => (NAMES.includes(name.toLowerCase()) ? ` ${name.toLowerCase()} ` : " "))
    .replace(/[{}]/g, "");
}

/**
 * A text in small letters without accents.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const small = (text.includes("\\") ? tex(text) : text).toLowerCase();
  if (!/[^\x00-\x7f]/.test(small)) return small;
  return small.normalize("NFKD").toLowerCase().replace(/[ßæœøłđðħıþŋς’‐‑−]/g, (letter) => LETTERS[letter])
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "").normalize("NFC");
}

/**
 * The singular of a plural.
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  const other = IRREGULAR.get(word);
  if (other) return other;
  if ([...word].length < 4 || !/[^usi]s$/.test(word)) return word;
  if (word.endsWith("ies")) return /[ae]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * What is looked up for a folded word; empty if it says nothing.
 * @param {string} word
 */
export function termOf(word) {
  const found = cut(GREEK.get(word) || word);
  return STOP.has(word) || STOP.has(found) ? "" : found;
}

/**
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  return (fold(text).match(TOKEN) || []).map((token) => {
    const signs = [...token];
    if (SIGN.test(token)) {
      if (signs.length === 1) return { text: token, terms: signs, beside: [] };
      return { text: token, terms: signs.slice(1).map((sign, i) => signs[i] + sign), beside: [...new Set(signs)] };
    }
    const parts = token.split(/['-]/);
    const terms = parts.map(termOf).filter(Boolean);
    const joined = parts.length > 1 && signs.length <= JOINED && terms.length ? termOf(parts.join("")) : "";
    return { text: token, terms, beside: joined && !terms.includes(joined) ? [joined] : [] };
  });
}

/** @param {string} word @returns {string} */
function cut(word) {
  return [...stem(word)].slice(0, LONGEST).join("");
}

/**
 * The words of a person's name.
 * @param {string} text
 * @returns {string[]}
 */
export function names(text) {
  return (fold(text).match(TOKEN) || []).flatMap((token) => token.split(/['-]/)).map(cut);
}

/**
 * A tag's name as it is compared.
 * @param {string} text
 * @returns {string}
 */
export function label(text) {
  return (fold(text).match(/[\p{L}\p{N}]+[+#]*/gu) || []).join(" ") || text.trim().toLowerCase();
}

/**
 * Where a text has what a question asks for.
 * @param {string} text
 * @param {SearchTerms} terms
 * @returns {[number, number][]} Begin and end of each place, in order.
 */
export function marks(text, { words, beginnings }) {
  /** @type {[number, number][]} */
  const found = [];
  /** @param {number} from @param {number} to */
  const mark = (from, to) => {
    const last = found[found.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  };
  for (const match of text.matchAll(WRITTEN)) {
    const word = fold(match[0]);
    const from = match.index || 0;
    if (SIGN.test(word)) {
      const signs = [...match[0]];
      let at = from;
      signs.forEach((sign, i) => {
        const pair = sign + (signs[i + 1] || "");
        if (words.has(pair)) mark(at, at + pair.length);
        else if (words.has(sign)) mark(at, at + sign.length);
        at += sign.length;
      });
    } else if (words.has(termOf(word)) || words.has(cut(word)) || beginnings.some((beginning) => word.startsWith(beginning))) {
      mark(from, from + match[0].length);
    }
  }
  return found;
}
