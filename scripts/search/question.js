/* What the reader wrote, and what it asks for. No text of the reader's becomes a regular expression. */
import { ordinal } from "./days.js";
import { fold, label, names, tokens } from "./text.js";

/* More than this no person asks; it bounds what a hostile link can make the browser do. */
const LONGEST = 2000;
const MOST = 32;
const FIELDS = "(tag|author|source|title|id|after|before|year)";
/* Phones make dashes of hyphens. */
const ITEM = new RegExp(`([-–−－]?)(?:${FIELDS}:)?(?:"([^"]*)"?|([^\\s"]+))`, "gi");
/* Who leaves a blank after the colon means no title that has such a word: these begin with capitals. */
const APART = new RegExp(`${FIELDS}(?:：|: +)`, "g");

/* Many sites show what arXiv has, below an address like its own. */
const ARXIV = new RegExp("^(?:.*10\\.48550/arxiv\\.|(?:\\S*/)?(?:abs|pdf|html|format|src|papers)/)?(?:(?:oai:)?arxiv(?:\\.org)?[:\\s]+)?", "i");
const YOUNG = /^(\d\d(?:0[1-9]|1[0-2]))\.(\d{4,5})(?:v\d+)?$/i;
const OLD = /^([a-z-]+)(?:\.[a-z]{2})?\/(\d\d(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?$/i;

/**
 * An arXiv id in any form, and with any address before it that people paste, canonical and without version, by the rules
 * of generator/ids.py; "" if it is none.
 * @param {string} text
 */
function arxivId(text) {
  const bare = text.replace(ARXIV, "").split(/[?#\]]|\s+\[|\.pdf|\/*$/i)[0];
  const young = YOUNG.exec(bare);
  if (young) {
    const digits = young[1] >= "1501" ? 5 : 4;
    return young[1] >= "0704" && young[2].length === digits ? `${young[1]}.${young[2]}` : "";
  }
  const old = OLD.exec(bare);
  return old ? `${old[1].toLowerCase()}/${old[2]}` : "";
}

/** @param {string} text An address with the signs that percent signs stand for. */
function decoded(text) {
  try {
    return /^https?:/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

/**
 * The identifier that a text is: of arXiv, a DOI, or the key in the address of a paper's page. "" if it is none.
 * @param {string} given
 */
function identifier(given) {
  const text = given.normalize("NFKC").replace(/^['([<\s]+|[')>.,;\s]+$/g, "");
  const doi = /^(?:\S*[/:] *)?(10\.\d{4,9}\/\S+)$/i.exec(decoded(text));
  const page = /\/papers\/([\w.-]+)\.html/.exec(text);
  return arxivId(text) || (doi && doi[1].toLowerCase()) || (page && page[1]) || "";
}

/** @param {string} id @returns {Unit} */
function idUnit(id) {
  return { kind: "id", text: id, terms: [`=${id}`] };
}

/**
 * The unit of a text that is a word, or words without a blank between them.
 * @param {string} text
 * @param {"" | "title"} kind
 * @param {boolean | undefined} typing
 * @returns {Unit | undefined}
 */
function wordUnit(text, kind, typing) {
  /** @type {Unit[]} */
  const units = tokens(text).filter(({ terms }) => terms.length).slice(0, MOST).map(({ text: word, terms: all, beside }) => {
    const terms = all.slice(0, MOST);
    if (terms[0] < "\u2e80") return { kind, text: word, terms, beside };
    return { kind: kind || "phrase", text: word, terms, beside: [word] };
  });
  const last = units[units.length - 1];
  if (last && typing) last.typing = true;
  return units.length > 1 ? { kind: "all", text, terms: [], units } : last;
}

/**
 * The unit of words in a row. While it is being typed, its last word does not count.
 * @param {string} text
 * @param {"" | "title"} kind
 * @param {boolean | undefined} typing
 * @returns {Unit | undefined}
 */
function phraseUnit(text, kind, typing) {
  const terms = tokens(text).flatMap((token) => token.terms).slice(0, MOST);
  if (terms.length < 2) return wordUnit(text, kind, typing);
  const whole = typing ? terms.slice(0, -1) : terms;
  return { kind: kind || "phrase", text: whole[0], terms: whole };
}

/**
 * The unit of a filter.
 * @param {string} kind
 * @param {string} value
 * @returns {Unit | undefined}
 */
function filterUnit(kind, value) {
  if (kind === "id") return idUnit(identifier(value) || value.trim().toLowerCase());
  if (kind === "tag") return { kind, text: value, terms: [`#${label(value)}`] };
  if (kind === "source") return { kind, text: value, terms: [`$${value.trim()}`] };
  if (kind !== "author") {
    /* "before" and "to" have no beginning, "after" and "from" no end. */
    return ordinal(value, false)
      ? { kind: "date", text: value, terms: [], span: [/^[bt]/.test(kind) ? "" : value, /^[af]/.test(kind) ? "" : value] } : undefined;
  }
  const terms = [...new Set(names(value.slice(0, LONGEST)).slice(0, MOST))].map((name) => `@${name}`);
  return terms.length ? { kind: "author", text: value, terms } : undefined;
}

/**
 * Read a query.
 * @param {SearchQuery} query
 * @returns {Question}
 */
export function parse(query) {
  const text = (query.q || "").slice(0, LONGEST).replace(/\\"{?(\w)}?/g, "$1").replace(/[“”„«»＂]/g, '"')
    .replace(APART, "$1:");
  const id = identifier(text);
  /** @type {Question} */
  const asked = { clauses: [], id, unknown: [] };
  for (const kind of /** @type {const} */ (["tag", "author", "source", "from", "to"])) {
    const unit = query[kind] && filterUnit(kind, query[kind]);
    if (unit) asked.clauses.push({ not: false, any: [unit] });
  }
  /** @type {Clause | undefined} The clause of the item before, with which OR goes on. */
  let last;
  let or = false;
  /** @param {Unit | undefined} unit @param {boolean} not */
  const add = (unit, not) => {
    if (unit && or && last && last.not === not) last.any.push(unit);
    else if (unit) asked.clauses.push(last = { not, any: [unit] });
    else if (!or) last = undefined;
    or = false;
  };
  if (id) {
    add(idUnit(id), false);
    return asked;
  }
  const items = [...text.matchAll(ITEM)].slice(0, 2 * MOST);
  items.forEach(([part, minus, field = "", phrase, word], i) => {
    const kind = field.toLowerCase();
    const ends = i > items.length - 2;
    const typing = query.prefix && ends && !minus && /[\p{L}\p{N}]$/u.test(text);
    if (part === "OR" && i && !ends) or = true;
    else if (kind && kind !== "title") {
      const unit = filterUnit(kind, word || phrase);
      if (!unit && !typing) asked.unknown.push(part);
      add(unit, Boolean(minus));
    } else {
      const known = word && !kind && identifier(word);
      const of = /** @type {"" | "title"} */ (kind);
      add(known ? idUnit(known) : word ? wordUnit(word, of, typing) : phraseUnit(phrase, of, typing), Boolean(minus));
    }
  });
  return asked;
}

/**
 * A query as it was repaired.
 * @param {string} q
 * @param {Map<string, string>} repaired
 * @param {(word: string) => string} termOf
 */
export function mended(q, repaired, termOf) {
  return repaired.size ? q.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => repaired.get(termOf(fold(word))) || word) : "";
}
