/* How well papers answer what a question asks for. Scores are whole numbers: these are the same in every browser. */
import { complete, HEAD, mend } from "./spelling.js";
import { BODY, everywhere, PLACES, standing, TITLE, WORD } from "./postings.js";
import { firstFrom, ordinal } from "./days.js";
import { daily } from "./files.js";
import { fold, stem, STOP } from "./text.js";

/* What a level is worth: generator/search/document.py has how it is reckoned. */
const WORTH = [5, 9, 14, 0, 0, 0, 0, 0, 18, 28];
const NAMED = 22;
/* What stands for a word, of what it is worth itself, in percent. */
const WHOLE = 100;
const COMPLETED = 80;
const BEGUN = 5;
const NEAR = 80;
const FAR = 55;

export const FILTERS = ["tag", "author", "source", "id", "date"];

/** @param {Standing[]} lists */
function size(lists) {
  return lists.reduce((sum, { papers }) => sum + papers.length, 0);
}

/**
 * How much it says that a paper has something that so many have.
 * @param {Manifest} all
 * @param {number} papers
 */
function rarity(all, papers) {
  return Math.round(100 * Math.log(1 + (all.papers - papers + 0.5) / (papers + 0.5)));
}

/**
 * @param {Scores} scores
 * @param {List[]} lists
 * @param {number} weight
 * @param {boolean} inTitle
 */
function mark(scores, lists, weight, inTitle) {
  for (const { kind, part, papers, levels } of lists) {
    for (let i = 0; i < papers.length; i++) {
      if (inTitle && levels[i] < TITLE) continue;
      const paper = part.start + papers[i];
      const score = Math.round((weight * (kind === WORD ? WORTH[levels[i]] : NAMED)) / 10) || 1;
      if (scores[paper] < score) scores[paper] = score;
    }
  }
}

/**
 * Mark the papers that have a word in their text, or as a name.
 * @param {Manifest} all
 * @param {string} term
 * @param {Scores} scores
 * @param {number} share
 * @param {boolean} inTitle
 * @param {number} [least] It says no more than what so many have.
 * @returns {Promise<number>} How many have it.
 */
async function markWord(all, term, scores, share, inTitle, least = 0) {
  let sum = 0;
  for (const lists of await everywhere(all, inTitle ? [term] : [term, `@${term}`])) {
    const papers = size(lists);
    sum += papers;
    mark(scores, lists, Math.round((rarity(all, Math.max(papers, least)) * share) / WHOLE), inTitle);
  }
  return sum;
}

/**
 * Mark the papers that have words one after the other, or names of one author.
 * @param {Manifest} all
 * @param {string[]} terms
 * @param {Scores} scores
 * @param {boolean} inTitle
 */
async function markTogether(all, terms, scores, inTitle) {
  const steps = await Promise.all(terms.map((_, i) => standing(all, terms, i)));
  const weight = 2 * steps.reduce((sum, own) => sum + rarity(all, size(own)), 0);
  const far = terms[0][0] === "@" ? 0 : 1;
  all.parts.forEach(({ start }, part) => {
    /** @type {Set<number> | undefined} Where the last stands of those so far. */
    let ends;
    for (const own of steps) {
      ends = new Set(own[part].places.filter((place) =>
        (!inTitle || place % PLACES < BODY) && (!ends || ends.has(place - far))));
    }
    for (const place of ends || []) scores[start + Math.floor(place / PLACES)] = weight || 1;
  });
}

/**
 * What papers have that answer all of some units.
 * @param {Manifest} all
 * @param {Scores[]} parts
 */
function together(all, parts) {
  return new Int32Array(all.papers).map((_, paper) =>
    (parts.every((own) => own[paper]) ? parts.reduce((sum, own) => sum + own[paper], 0) : 0));
}

/**
 * Of every paper how well it answers a unit.
 * @param {Unit} unit
 * @param {Context} context
 * @returns {Promise<Scores>}
 */
export async function score(unit, context) {
  const { all, terms: shown } = context;
  const { kind, terms, beside = [], units, span } = unit;
  if (units) return together(all, await Promise.all(units.map((one) => score(one, context))));
  const scores = new Int32Array(all.papers);
  if (span) {
    const days = await daily(all);
    const [from, to] = span.map((text, i) => firstFrom(days, ordinal(text, i > 0)));
    return scores.fill(1, from, span[1] ? to : all.papers);
  }
  if (FILTERS.includes(kind) && kind !== "author") {
    const source = kind === "source" && all.sources.find(([, name]) => fold(name) === fold(unit.text));
    for (const term of source ? [...terms, `$${source[0]}`] : terms) mark(scores, (await everywhere(all, [term]))[0], 1, false);
    return scores;
  }
  const inTitle = kind === "title";
  for (const term of [...terms, ...beside]) shown.words.add(term.replace(/^@/, ""));
  if (terms.length < 2) {
    if (kind === "author") mark(scores, (await everywhere(all, terms))[0], WHOLE, false);
    else await markLike(unit, context, scores, inTitle);
  } else if (kind) {
    await markTogether(all, terms, scores, inTitle);
    /* What stands in no text may be somebody's name. */
    if (kind === "phrase" && !scores.some(Boolean)) await markTogether(all, terms.map((term) => `@${term}`), scores, inTitle);
  } else {
    scores.set(together(all, await Promise.all(terms.map((term, i) =>
      score({ kind, text: term, terms: [term], typing: unit.typing && i === terms.length - 1 }, context)))));
  }
  await Promise.all(beside.map((term) => markWord(all, term, scores, WHOLE, inTitle)));
  return scores;
}

/**
 * Mark the papers that have a word, or what it may stand for.
 * @param {Unit} unit
 * @param {Context} context
 * @param {Scores} scores
 * @param {boolean} inTitle
 */
async function markLike({ text: word, terms: [term], typing }, context, scores, inTitle) {
  const { all, terms } = context;
  /* The beginning of a word that says nothing, and nearly every word's: the other words count. */
  const begun = typing && context.more && word < "\u2e80" && (word.length < HEAD || [...STOP].some((stop) => stop.startsWith(word)));
  if (begun) scores.fill(1);
  let [papers, others] = await Promise.all([
    markWord(all, term, scores, begun ? BEGUN : WHOLE, inTitle), typing ? complete(all, word) : []
  ]);
  /* What was found while it was typed is found afterwards, and by whom it is sent to. */
  if (!papers && !typing && !context.exactly) others = await complete(all, word);
  await Promise.all(others.map((other) => markWord(all, other, scores, COMPLETED, inTitle, papers)));
  if (typing || others.length) terms.beginnings.push(word);
  if (others.length || papers > 2) return;
  /* What a paper or two have may be a slip of theirs: it is repaired if nothing is found otherwise. */
  if (papers) context.rare = true;
  const known = papers && !context.further;
  const like = known || context.exactly ? []
    : (await mend(all, term)).filter(({ far, papers: own }) => !papers || far === 1 && own > 6).slice(0, papers ? 1 : 3);
  await Promise.all(like.map(({ word: other, far }) => markWord(all, other, scores, far > 1 ? FAR : NEAR, inTitle)));
  for (const { word: other } of like) terms.words.add(other);
  if (like.length) context.repaired.set(term, inNumber(word, like[0].word));
  else if (!papers && !typing) context.unknown.add(word);
}

/**
 * A word that was found instead of what was typed, in the number of that.
 * @param {string} typed
 * @param {string} word
 */
function inNumber(typed, word) {
  return /[^s]s$/.test(typed) && stem(`${word}s`) === word ? `${word}s` : word;
}
