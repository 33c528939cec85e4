/*
 * In place of the real one, for tests of the interface: the same contract, over the few papers in window.PAPERS, of which
 * each is {result, text}. What was asked is kept in Broadsheet.asked; `window.broken` makes it fail.
 */
(function () {
  "use strict";
  const Broadsheet = window.Broadsheet;
  const papers = window.PAPERS;
  const REPAIRS = { difusion: "diffusion", modle: "model" };
  Broadsheet.asked = [];

  const everything = papers.map(({ result }) => result);
  const counted = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  const days = everything.map((result) => result.day).sort();
  const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
  const archive = {
    papers: papers.length,
    from: days[0] || "",
    to: days.at(-1) || "",
    sources: counted(everything.flatMap((result) => result.sources)).map(([name]) => [slug(name), name]),
    tags: counted(everything.flatMap((result) => result.tags)).map(([name]) => name)
  };

  function passes({ result }, { tag, author, source, from, to }) {
    return (!tag || result.tags.includes(tag)) && (!author || result.authors.includes(author))
      && (!source || result.sources.map(slug).includes(source))
      && (!from || result.day >= from) && (!to || result.day.slice(0, to.length) <= to);
  }

  function has({ text }, term, prefix) {
    return text.includes(prefix ? ` ${term}` : ` ${term} `);
  }

  function find(query) {
    const tags = [];
    const q = (query.q || "").toLowerCase().replace(/tag:"([^"]*)"/g, (_, tag) => (tags.push(tag), "")).trim();
    let words = q.split(/\s+/).filter(Boolean);
    const named = /^\d{4}\.\d{5}$/.test(q) ? `papers/${q}.html` : "";
    const exact = everything.some((result) => result.address === named) ? named : "";
    const beginning = (place) => Boolean(query.prefix) && place === words.length - 1;
    const known = (word, place) => papers.some((paper) => has(paper, word, beginning(place)));
    let repaired = "";
    if (!query.exactly && words.some((word, place) => REPAIRS[word] && !known(word, place))) {
      words = words.map((word) => REPAIRS[word] || word);
      repaired = words.join(" ");
    }
    const unknown = exact ? [] : words.filter((word, place) => !known(word, place));
    const asks = words.length || tags.length || query.tag || query.author || query.source || query.from || query.to;
    const open = asks ? papers.filter((paper) => passes(paper, query)
      && tags.every((tag) => paper.result.tags.some((own) => own.toLowerCase() === tag))) : [];
    let hits = exact ? papers.filter(({ result }) => result.address === exact)
      : open.filter((paper) => words.every((word, place) => has(paper, word, beginning(place))));
    const total = hits.length;
    if (!total) hits = open.filter((paper) => words.some((word, place) => has(paper, word, beginning(place))));
    if (query.sort === "date") hits.sort((a, b) => (a.result.day < b.result.day ? 1 : -1));
    return { hits: hits.map(({ result }) => result), total, repaired, unknown, exact, terms: words };
  }

  async function ready() {
    await null;
    if (window.broken) throw new Error("search/one.js could not be loaded");
  }

  Broadsheet.search = async function (query) {
    Broadsheet.asked.push({ search: query });
    await ready();
    const { offset = 0, limit = 20 } = query;
    const { hits, total, ...rest } = find(query);
    return { ...rest, total, results: hits.slice(offset, offset + limit), partial: !total && hits.length > 0, archive };
  };

  Broadsheet.facets = async function (query) {
    Broadsheet.asked.push({ facets: query });
    await ready();
    const { hits, total } = find(query);
    const found = total ? hits : [];
    return {
      tags: counted(found.flatMap((result) => result.tags)),
      years: counted(found.map((result) => result.day.slice(0, 4))).sort((a, b) => b[0] - a[0]),
      sources: counted(found.flatMap((result) => result.sources)).map(([name, number]) => [slug(name), name, number])
    };
  };
})();
