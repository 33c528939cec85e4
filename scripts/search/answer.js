/* Answers to questions: which papers, in which order, and what they are counted by. */
import { isoDay } from "./days.js";
import { daily, manifest, unpacked } from "./files.js";
import { mended, parse } from "./question.js";
import { FILTERS, score } from "./scores.js";
import { termOf } from "./text.js";

const CARDS = 16;
const FACETS = 4096;
const LIMIT = 20;
/** More than there are papers: a paper's number stands below its score, in numbers that are whole in every browser. */
const PAPERS = 2 ** 24;

/** @returns {SearchTerms} */
function noTerms() {
  return { words: new Set(), beginnings: [] };
}

/**
 * @param {Question} asked
 * @param {Context} context
 * @returns {Promise<Found>}
 */
async function find(asked, context) {
  const strict = { ...context, exactly: true, unknown: new Set(), terms: noTerms() };
  const sums = await Promise.all(asked.clauses.map(async ({ not, any }) => {
    const [sum, ...others] = await Promise.all(any.map((unit) => score(unit, not ? strict : context)));
    for (const other of others) other.forEach((own, paper) => (sum[paper] = Math.max(sum[paper], own)));
    return sum;
  }));
  /** @param {(clause: Clause) => boolean} which */
  const of = (which) => sums.filter((_, i) => which(asked.clauses[i]));
  /** @param {Clause} clause */
  const filters = ({ any }) => any.every(({ kind }) => FILTERS.includes(kind));
  return {
    scores: of((clause) => !clause.not && !filters(clause)),
    must: of((clause) => !clause.not && filters(clause)),
    none: of((clause) => clause.not),
    papers: context.all.papers
  };
}

/**
 * Tell the papers that have something of what was asked for: how many of the words each has, number, and score.
 * Calls and loops by number, not a generator and iterators: measured together, these make a first answer sooner.
 * @param {Found} found
 * @param {(had: number, paper: number, sum: number) => void} tell
 */
function hits({ scores, must, none, papers }, tell) {
  for (let paper = 0; paper < papers; paper++) {
    let sum = 1;
    let had = 0;
    for (let i = 0; i < scores.length; i++) {
      const own = scores[i][paper];
      if (own) {
        sum += own;
        had++;
      }
    }
    if (scores.length && !had || must.some((own) => !own[paper]) || none.some((own) => own[paper])) continue;
    tell(had, paper, sum);
  }
}

/**
 * @param {SearchQuery} query
 * @param {boolean} again
 * @param {boolean} [further]
 * @returns {Promise<{asked: Question, context: Context, found: Found | undefined}>}
 */
async function ask(query, again, further = false) {
  const all = await manifest(again);
  const asked = parse(query);
  /** @type {Context} */
  const context = {
    all, exactly: Boolean(query.exactly), further, rare: false, more: asked.clauses.length > 1,
    repaired: new Map(), unknown: new Set(asked.unknown), terms: noTerms()
  };
  const found = all.papers && asked.clauses.length ? await find(asked, context) : undefined;
  if (found && context.rare && !further && !context.exactly) {
    let most = 0;
    hits(found, (had) => (most = Math.max(most, had)));
    if (most < found.scores.length) return ask(query, again, true);
  }
  return { asked, context, found };
}

/** @param {Manifest} all @param {string} slug The name of a source. */
function nameOf(all, slug) {
  return (all.sources.find(([own]) => own === slug) || [slug, slug])[1];
}

/**
 * What is shown of a paper.
 * @param {Manifest} all
 * @param {number} paper
 * @returns {Promise<SearchResult>}
 */
async function card(all, paper) {
  const part = /** @type {Part} */ (all.parts.find(({ start, size }) => paper < start + size));
  const number = paper - part.start;
  /** @type {Card[]} */
  const cards = await unpacked(all, part, "d", Math.floor(number / CARDS));
  const [key, title, author, others, ordinalDay, tags, sources] = cards[number % CARDS];
  const day = isoDay(ordinalDay);
  return {
    address: `papers/${key}.html`, title, authors: author ? [author] : [], others, day, dayAddress: `digests/${day}.html`,
    tags, sources: sources.map((slug) => nameOf(all, slug))
  };
}

/**
 * @param {SearchQuery} query
 * @param {boolean} again
 * @returns {Promise<SearchAnswer>}
 */
async function answer(query, again) {
  const { asked, context, found } = await ask(query, again);
  const { all, unknown, terms } = context;
  const { papers, from, to, sources, tags } = all;
  /** @type {number[]} */
  let keys = [];
  let total = 0;
  let most = 0;
  if (found) {
    hits(found, (had, paper, sum) => {
      if (had === found.scores.length) total++;
      if (had < most) return;
      if (had > most) keys = [];
      most = had;
      keys.push((query.sort === "date" ? 0 : sum) * PAPERS + paper);
    });
  }
  const { offset = 0, limit = LIMIT } = query;
  const wanted = new Float64Array(keys).sort().reverse().slice(offset, offset + limit);
  const results = await Promise.all([...wanted].map((key) => card(all, key % PAPERS)));
  return {
    total, results, partial: !total && keys.length > 0, repaired: mended(query.q || "", context.repaired, termOf),
    unknown: [...unknown], terms, exact: asked.id && results.length ? results[0].address : "",
    archive: { papers, from, to, sources, tags }
  };
}

/** @template {string} T @param {Map<T, number>} counts @param {T} name */
function add(counts, name) {
  counts.set(name, (counts.get(name) || 0) + 1);
}

/** @param {Map<string, number>} counts */
function falling(counts) {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * @param {SearchQuery} query
 * @param {boolean} again
 * @returns {Promise<SearchFacets>}
 */
async function count(query, again) {
  const { context: { all }, found } = await ask(query, again);
  /** @type {Map<string, number>[]} */
  const [tags, sources, years] = [new Map(), new Map(), new Map()];
  if (found) {
    const blocks = all.parts.flatMap((part) => Array.from({ length: Math.ceil(part.size / FACETS) }, (_, i) => ({ part, i })));
    /** @type {[number[], ...Column[]]} */
    const [days, ...columns] = await Promise.all([
      daily(all), ...blocks.map(({ part, i }) => unpacked(all, part, "c", i))
    ]);
    const starts = blocks.map(({ part, i }) => part.start + FACETS * i);
    let [day, end, at, block, year] = [0, 0, 0, 0, ""];
    hits(found, (had, paper) => {
      if (had < found.scores.length) return;
      for (; paper >= end; at += 2) {
        day += days[at];
        end += days[at + 1];
        year = isoDay(day).slice(0, 4);
      }
      while (paper >= starts[block + 1]) block++;
      const [names, slugs, rows] = columns[block];
      add(years, year);
      for (const number of rows[paper - starts[block]]) {
        if (number < names.length) add(tags, names[number]);
        else add(sources, slugs[number - names.length]);
      }
    });
  }
  return {
    tags: falling(tags), years: [...years].reverse(),
    sources: falling(sources).map(([slug, number]) => [slug, nameOf(all, slug), number])
  };
}

/**
 * Try once more with a new manifest: what failed may be a site that has changed, whose old files are gone.
 * @template T
 * @param {(query: SearchQuery, again: boolean) => Promise<T>} answering
 * @returns {(query: SearchQuery) => Promise<T>}
 */
function twice(answering) {
  return (query) => answering(query, false).catch(() => answering(query, true));
}

/**
 * Search the archive. A query that asks for nothing finds nothing, and loads nothing but the manifest. The promise is
 * rejected, with a message that names the file, if a file cannot be loaded.
 */
export const search = twice(answer);

/** How many of the papers that answer a query have each tag, are of each year, and were listed by each source. */
export const facets = twice(count);
