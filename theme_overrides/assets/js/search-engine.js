/*
 * The search: Broadsheet.search(query) answers from the data files in search/ (generator/search/shards.py has their
 * format). They are classic scripts, so this works from a disk as it does over http.
 *
 * A query is words, "phrases" and -excluded words. All words must match, each as a word or as the beginning of one;
 * phrases and exclusions match whole words. An identifier (arXiv, DOI) or the address of a paper's page finds that
 * paper. No text of the reader's or of a digest becomes a regular expression, markup or code.
 */
(function () {
  "use strict";

  /**
   * @typedef {{q?: string, tag?: string, author?: string, source?: string, from?: string, to?: string,
   *   sort?: string, limit?: number, offset?: number}} Query `from` and `to`: 2025, 2025-03 or 2025-03-14; `sort`:
   *   relevance (the default) or date.
   * @typedef {[number, number]} Range Where a match begins in a text, and where it has ended.
   * @typedef {{address: string, title: string, authors: string[], day: string, dayAddress: string, tags: string[],
   *   sources: string[], published: string, snippet: string,
   *   marks: {title: Range[], snippet: Range[], authors: Range[][]}}} Result
   * @typedef {{papers: number, from: string, to: string, sources: [string, string][], tags: string[]}} Archive
   *   Papers in all, first and last day, slug and name of each source, the most used tags.
   * @typedef {{total: number, results: Result[], complete: boolean, archive: Archive}} Answer `complete` is false
   *   for the answer of a part of the archive.
   * @typedef {Archive & {shards: string[]}} Manifest
   * @typedef {{day: string, source: string, slug: string}} Listing
   * @typedef {{n: number, key: string, title: string, authors: string[], listed: Listing[], tags: string[],
   *   names: string[], abstract: string, published: string, ids: string[], texts: string[]}} Paper
   * @typedef {{words: string, whole: boolean, id: string}} Term
   * @typedef {{all: Term[], none: Term[], text: string, blank: boolean}} Words
   */

  /** @type {any} */
  const Broadsheet = /** @type {any} */ (window).Broadsheet || (/** @type {any} */ (window).Broadsheet = {});
  const home = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

  /* ---- Words ------------------------------------------------------------------------------------------------- */

  /* Letters that NFKD leaves whole though readers type them plain. */
  const LETTERS = new Map(Object.entries(
    { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", þ: "th", ŋ: "n", ς: "σ" }
  ));
  /* Chinese and Japanese are written without spaces: each sign is a word, and words in a row are a phrase. */
  const SIGN = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const SIGNS = new RegExp(`[${SIGN}]`, "gu");
  const WORDS = new RegExp(`[${SIGN}]\\p{M}*|(?:(?![${SIGN}])[\\p{L}\\p{N}\\p{M}])+`, "gu");

  /**
   * The words of a text in small letters without accents, one space between them.
   * @param {string} text
   */
  function fold(text) {
    const small = text.toLowerCase();
    if (!/[^\x00-\x7f]/.test(small)) return small.replace(/[^a-z0-9]+/g, " ").trim();
    return text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "")
      .replace(/[ßæœøłđðħıþŋς]/g, (letter) => LETTERS.get(letter) || letter)
      .replace(SIGNS, " $& ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  /**
   * Several names as one text: each between line breaks, so that no phrase runs from one into the next.
   * @param {string[]} names
   */
  function foldAll(names) {
    return `\n ${names.map(fold).join(" \n ")} \n`;
  }

  /**
   * An arXiv id in any form, canonical and without version, by the rules of generator/ids.py; "" if it is none.
   * @param {string} text
   */
  function arxivId(text) {
    const prefix = /^(?:https?:\/\/)?(?:(?:www|export)\.)?(?:arxiv\.org\/(?:abs|pdf|html|format|src)\/|huggingface\.co\/papers\/|(?:oai:)?arxiv(?:\.org)?:|doi\.org\/10\.48550\/arxiv\.|10\.48550\/arxiv\.)\s*/i;
    const bare = text.trim().replace(prefix, "").split(/[?#]/)[0].replace(/\.pdf$/, "").replace(/\/+$/, "");
    const young = /^(\d\d(?:0[1-9]|1[0-2]))\.(\d{4,5})(?:v[1-9]\d{0,2})?$/.exec(bare);
    if (young) {
      const digits = young[1] >= "1501" ? 5 : 4;
      return young[1] >= "0704" && young[2].length === digits ? `${young[1]}.${young[2]}` : "";
    }
    const old = /^([a-z][a-z-]*)(?:\.[a-z]{2})?\/(\d\d(?:0[1-9]|1[0-2])\d{3})(?:v[1-9]\d{0,2})?$/i.exec(bare);
    return old ? `${old[1].toLowerCase()}/${old[2]}` : "";
  }

  /**
   * The identifier that a text is: of arXiv, a DOI, or the key in the address of a paper's page. "" if it is none.
   * @param {string} text
   */
  function identifier(text) {
    const doi = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(text.trim());
    const page = /\/papers\/([a-z0-9._-]{1,200})\.html(?:[?#].*)?$/.exec(text.trim());
    return arxivId(text) || (doi && doi[1].toLowerCase().replace(/[.,;]+$/, "")) || (page && page[1]) || "";
  }

  /* More than this no person asks; it bounds what a hostile link can make the browser do. */
  const LONGEST = 2000;
  const MOST_TERMS = 48;

  /**
   * Read what the reader wrote. A phrase without its end is still being typed, so it may end in half a word.
   * @param {string} q
   * @returns {Words}
   */
  function parse(q) {
    const text = q.slice(0, LONGEST).replace(/[“”„«»＂]/g, '"');
    const id = identifier(text);
    if (id) return { all: [{ words: fold(id), whole: true, id }], none: [], text: "", blank: false };
    /** @type {Term[]} */
    const all = [];
    /** @type {Term[]} */
    const none = [];
    for (const [part, minus, phrase, end, word] of text.matchAll(/(-?)(?:"([^"]*)("?)|([^\s"]+))/g)) {
      if (all.length + none.length >= MOST_TERMS) break;
      const words = fold(phrase === undefined ? word : phrase);
      if (!words) continue;
      const known = phrase === undefined && !minus ? identifier(part) : "";
      const list = minus ? none : all;
      if (!list.some((term) => term.words === words)) list.push({ words, whole: Boolean(minus || end), id: known });
    }
    return { all, none, text: all.map((term) => term.words).join(" "), blank: !text.trim() };
  }

  /* ---- The archive ------------------------------------------------------------------------------------------- */

  /** @type {Map<string, Promise<any>>} What has been asked for, by file. */
  const asked = new Map();
  /** @type {Map<string, any>} What has arrived. */
  const arrived = new Map();

  /** @param {number} number */
  function shardFile(number) {
    return `search/papers-${String(number).padStart(4, "0")}.js`;
  }

  Broadsheet.manifest = (/** @type {Manifest} */ manifest) => arrived.set("search/manifest.js", manifest);
  Broadsheet.load = (/** @type {number} */ number, /** @type {any} */ shard) => {
    arrived.set(shardFile(number), papersOf(number, shard));
  };

  /**
   * A data file, loaded once. A failure is not remembered: the next search tries again.
   * @param {string} file
   * @param {string} fingerprint
   * @returns {Promise<any>}
   */
  function data(file, fingerprint) {
    const known = asked.get(file);
    if (known) return known;
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const failed = () => {
        asked.delete(file);
        reject(new Error(`${file} could not be loaded`));
      };
      script.src = new URL(file + (fingerprint && `?${fingerprint}`), home).href;
      script.onload = () => {
        script.remove();
        if (arrived.has(file)) resolve(arrived.get(file));
        else failed();
      };
      script.onerror = () => {
        script.remove();
        failed();
      };
      document.head.append(script);
    });
    asked.set(file, promise);
    return promise;
  }

  /**
   * @param {number} number
   * @param {any} shard
   * @returns {Paper[]}
   */
  function papersOf(number, shard) {
    return shard.papers.map((/** @type {any[]} */ row, /** @type {number} */ place) => {
      const [key, title, authors, pairs, tags, keywords, abstract, published, others] = row;
      const listed = [];
      for (let i = 0; i < pairs.length; i += 2) {
        const [slug, source] = shard.sources[pairs[i + 1]];
        listed.push({ day: shard.days[pairs[i]], source, slug });
      }
      const shown = tags.map((/** @type {number} */ tag) => shard.tags[tag]);
      const names = shown.concat(keywords.map((/** @type {number} */ tag) => shard.tags[tag]));
      const ids = [key, ...(others || [])];
      const texts = [` ${fold(title)} `, foldAll(ids), foldAll(authors), foldAll(names), ` ${fold(abstract)} `];
      const n = number * 1e6 + place;
      return { n, key, title, authors, listed, tags: shown, names, abstract, published, ids, texts };
    });
  }

  /* ---- Matching ---------------------------------------------------------------------------------------------- */

  /*
   * What a term weighs in each of a paper's texts (title, identifiers, authors, tags, abstract), as a whole word and
   * as the beginning of one. The beginning of a word of the title outweighs a whole word of the abstract: it is most
   * often its plural.
   */
  const WHOLE = [20, 20, 14, 10, 6];
  const BEGINNING = [12, 12, 5, 4, 2];
  const TITLE = 0;
  const AUTHORS = 2;
  const TAGS = 3;
  const SAME_TITLE = 1000;
  const IN_TITLE = 10;
  const SAME_ID = 100000;

  /**
   * What a term weighs in a paper; 0 if it does not match.
   * @param {Paper} paper
   * @param {Term} term
   */
  function weight(paper, term) {
    if (term.id && paper.ids.includes(term.id)) return SAME_ID;
    let best = 0;
    for (let i = 0; i < WHOLE.length; i++) {
      if (WHOLE[i] > best && paper.texts[i].includes(` ${term.words} `)) best = WHOLE[i];
      else if (!term.whole && BEGINNING[i] > best && paper.texts[i].includes(` ${term.words}`)) best = BEGINNING[i];
    }
    return best;
  }

  /**
   * How well a paper answers, 0 if it does not.
   * @param {Paper} paper
   * @param {Words} words
   */
  function score(paper, words) {
    let sum = 1;
    for (const term of words.all) {
      const one = weight(paper, term);
      if (!one) return 0;
      sum += one;
    }
    if (words.none.some((term) => weight(paper, term))) return 0;
    if (words.text && paper.texts[TITLE] === ` ${words.text} `) return sum + SAME_TITLE;
    return words.all.length > 1 && paper.texts[TITLE].includes(` ${words.text} `) ? sum + IN_TITLE : sum;
  }

  /** @param {string | undefined} text */
  function dateOrNone(text) {
    return text && /^\d{4}(?:-\d\d){0,2}$/.test(text) ? text : "";
  }

  /**
   * The test of all filters: it gives the first listing of a paper that passes, or undefined.
   * @param {Query} query
   * @returns {(paper: Paper) => Listing | undefined}
   */
  function filter(query) {
    const from = dateOrNone(query.from);
    const to = dateOrNone(query.to);
    const { tag = "", author = "", source = "" } = query;
    const [tagWords, authorWords, sourceWords] = [tag, author, source].map(fold);
    const names = authorWords.split(" ");
    /* A name without a letter or digit is compared as it is. */
    /** @type {(paper: Paper) => boolean} */
    const tagged = (paper) => (tagWords ? paper.texts[TAGS].includes(`\n ${tagWords} \n`) : paper.names.includes(tag));
    /** @type {(paper: Paper) => boolean} */
    const written = (paper) => (authorWords ? hasAuthor(paper, names) : paper.authors.includes(author));
    /** @type {(listing: Listing) => boolean} */
    const listed = (one) => (!source || one.slug === source || (sourceWords !== "" && fold(one.source) === sourceWords))
      && (!from || one.day >= from) && (!to || one.day.slice(0, to.length) <= to);
    return (paper) => ((!tag || tagged(paper)) && (!author || written(paper)) ? paper.listed.find(listed) : undefined);
  }

  /**
   * Whether one author's name has all these words, in any order.
   * @param {Paper} paper
   * @param {string[]} words
   */
  function hasAuthor(paper, words) {
    const text = paper.texts[AUTHORS];
    if (!words.every((word) => text.includes(` ${word} `))) return false;
    return text.split("\n").some((name) => words.every((word) => name.includes(` ${word} `)));
  }

  /**
   * @param {Paper[]} papers
   * @param {Query} query
   * @param {Words} words
   */
  function find(papers, query, words) {
    const passes = filter(query);
    const byDate = query.sort === "date";
    const hits = [];
    if (!words.blank && !words.all.length && !words.none.length) return [];
    for (const paper of papers) {
      const listing = passes(paper);
      const points = listing ? score(paper, words) : 0;
      if (listing && points) hits.push({ paper, listing, points });
    }
    return hits.sort((a, b) => (byDate ? 0 : b.points - a.points)
      || (a.listing.day < b.listing.day ? 1 : a.listing.day > b.listing.day ? -1 : a.paper.n - b.paper.n));
  }

  /* ---- Showing ----------------------------------------------------------------------------------------------- */

  const SNIPPET = 280;

  /**
   * Where terms stand in a text: [begin, end, number of the term], in the order of the text.
   * @param {string} text
   * @param {Term[]} terms
   */
  function places(text, terms) {
    /** @type {{word: string, from: number, to: number}[]} */
    const words = [];
    for (const match of text.matchAll(WORDS)) {
      const from = match.index || 0;
      for (const word of fold(match[0]).split(" ")) words.push({ word, from, to: from + match[0].length });
    }
    /** @type {[number, number, number][]} */
    const found = [];
    terms.forEach((term, number) => {
      const parts = term.words.split(" ");
      const last = parts.length - 1;
      for (let i = 0; i + last < words.length; i++) {
        const fits = parts.every((part, j) => words[i + j].word === part
          || (j === last && !term.whole && words[i + j].word.startsWith(part)));
        if (fits) found.push([words[i].from, words[i + last].to, number]);
      }
    });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  /**
   * @param {[number, number, number][]} found
   * @returns {Range[]}
   */
  function merged(found) {
    /** @type {Range[]} */
    const ranges = [];
    for (const [from, to] of found) {
      const last = ranges[ranges.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else ranges.push([from, to]);
    }
    return ranges;
  }

  /**
   * The part of an abstract that has most of the terms; the beginning if nothing speaks for another.
   * @param {string} abstract
   * @param {Term[]} terms
   */
  function snippet(abstract, terms) {
    const text = abstract.replace(/\s+/g, " ").trim();
    if (text.length <= SNIPPET) return { snippet: text, ranges: merged(places(text, terms)) };
    const found = places(text, terms);
    let start = 0;
    let most = 0;
    for (const [from] of [[0], ...found]) {
      const begin = from < SNIPPET / 2 ? 0 : text.lastIndexOf(" ", from - SNIPPET / 5) + 1;
      const seen = new Set(found.filter((f) => f[0] >= begin && f[1] <= begin + SNIPPET).map((f) => f[2]));
      if (seen.size > most) [start, most] = [begin, seen.size];
    }
    let end = Math.min(text.length, start + SNIPPET);
    if (end < text.length && text.lastIndexOf(" ", end) > start) end = text.lastIndexOf(" ", end);
    const before = start ? "… " : "";
    const shown = before + text.slice(start, end).replace(/[\ud800-\udbff]$/, "") + (end < text.length ? " …" : "");
    return { snippet: shown, ranges: merged(places(shown, terms)) };
  }

  /**
   * @param {{paper: Paper, listing: Listing}} hit
   * @param {Term[]} terms
   * @param {string} author The filter: who passes it is marked whole.
   * @returns {Result}
   */
  function result({ paper, listing }, terms, author) {
    const { snippet: shown, ranges } = snippet(paper.abstract, terms);
    /** @type {(name: string) => boolean} */
    const asked = (name) => author !== "" && author.split(" ").every((word) => ` ${fold(name)} `.includes(` ${word} `));
    return {
      address: `papers/${paper.key}.html`,
      title: paper.title,
      authors: paper.authors,
      day: listing.day,
      dayAddress: `digests/${listing.day}.html`,
      tags: paper.tags,
      sources: [...new Set(paper.listed.map((one) => one.source))],
      published: paper.published,
      snippet: shown,
      marks: {
        title: merged(places(paper.title, terms)),
        snippet: ranges,
        authors: paper.authors.map((name) => (asked(name) ? [[0, name.length]] : merged(places(name, terms))))
      }
    };
  }

  /* ---- The one entry ----------------------------------------------------------------------------------------- */

  const AT_ONCE = 6;
  const PATIENCE = 250;

  /**
   * Load the whole archive, newest part first.
   * @param {Manifest} manifest
   * @param {() => void} progress
   */
  async function loadAll(manifest, progress) {
    let next = manifest.shards.length;
    const one = async () => {
      while (next > 0) {
        const number = next--;
        await data(shardFile(number), manifest.shards[number - 1]);
        progress();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  /**
   * @param {Manifest} manifest
   * @param {Query} query
   * @param {Words} words
   * @returns {Answer}
   */
  function answer(manifest, query, words) {
    const { papers, from, to, sources, tags } = manifest;
    const files = manifest.shards.map((_, place) => shardFile(place + 1));
    const hits = find(files.flatMap((file) => arrived.get(file) || []), query, words);
    const offset = query.offset || 0;
    const limit = query.limit === undefined ? 20 : query.limit;
    return {
      total: hits.length,
      results: hits.slice(offset, offset + limit).map((hit) => result(hit, words.all, fold(query.author || ""))),
      complete: files.every((file) => arrived.has(file)),
      archive: { papers, from, to, sources, tags }
    };
  }

  /**
   * Search the archive. A query that asks for nothing finds nothing, and loads no papers.
   *
   * @param {Query} query
   * @param {(answer: Answer) => void} [partial] Told the answer of what has arrived, now and then on a slow line.
   * @returns {Promise<Answer>} Rejected, with a message that names the file, if a data file cannot be loaded.
   */
  Broadsheet.search = async function (query, partial) {
    /** @type {Manifest} */
    const manifest = await data("search/manifest.js", "");
    const words = parse(query.q || "");
    const filters = query.tag || query.author || query.source || dateOrNone(query.from) || dateOrNone(query.to);
    if (words.blank && !filters) {
      const { papers, from, to, sources, tags } = manifest;
      return { total: 0, results: [], complete: true, archive: { papers, from, to, sources, tags } };
    }
    let told = Date.now();
    await loadAll(manifest, () => {
      if (!partial || Date.now() - told < PATIENCE) return;
      partial(answer(manifest, query, words));
      told = Date.now();
    });
    return answer(manifest, query, words);
  };
})();
