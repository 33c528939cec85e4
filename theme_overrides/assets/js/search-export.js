/*
 * The papers that a search has found as one file, for a library of references: it is put together in the browser from the
 * files of the days (digests/DAY.bib), which the site has anyway. Over http alone: from a disk a browser reads no file.
 */
(function () {
  "use strict";

  /**
   * @typedef {object} Format
   * @property {string} ending Of the file that is made.
   * @property {string} of How the files of the days end that it is made of.
   * @property {string} type
   * @property {(text: string) => [key: string, entry: string][]} split What the file of a day has.
   * @property {(entries: string[]) => string} join A file.
   */

  const Broadsheet = window.Broadsheet;
  const { element, count } = Broadsheet.result;
  /* A file of so many papers takes a second or two; more are what `broadsheet export` is for. */
  const MOST = 2000;
  /* Files that are asked for at a time. */
  const AT_ONCE = 4;
  /* Milliseconds for which a file that was made is kept: a browser may ask where to put it. */
  const KEPT = 600000;

  /* A record of RIS, and its key. */
  const RECORD = /^(?=TY {2}- )/m;
  const ID = /^ID {2}- (.+)$/m;

  /** @type {Map<string, Format>} */
  const FORMATS = new Map(Object.entries({
    "BibTeX": {
      ending: "bib",
      of: "bib",
      type: "application/x-bibtex",
      split: (text) => entries(text.split(/^(?=@)/m), /^@\w+\{([^,]+),/),
      join: (found) => found.join("\n"),
    },
    "RIS": {
      ending: "ris",
      of: "ris",
      type: "application/x-research-info-systems",
      split: (text) => entries(text.split(RECORD), ID),
      join: (found) => found.join("\n"),
    },
    "CSL-JSON": {
      ending: "csl.json",
      of: "ris",
      type: "application/json",
      split: (text) => entries(text.split(RECORD), ID).map(([key, record]) => [key, JSON.stringify(item(record))]),
      join: (found) => `[\n${found.join(",\n")}\n]\n`,
    },
  }));

  /**
   * @param {string[]} parts
   * @param {RegExp} named
   * @returns {[string, string][]}
   */
  function entries(parts, named) {
    return parts.flatMap((part) => {
      const [, key = ""] = named.exec(part) || [];
      return key ? [[key, `${part.trimEnd()}\n`]] : [];
    });
  }

  /**
   * A record of RIS as an item of CSL: what generator/citation/csl.py says of the paper.
   * @param {string} record
   */
  function item(record) {
    /** @type {Record<string, string[]>} */
    const said = {};
    for (const [, tag, value] of record.matchAll(/^([A-Z][A-Z0-9]) {2}- (.+)$/gm)) (said[tag] ||= []).push(value);
    const one = (/** @type {string} */ tag) => said[tag]?.[0];
    const number = one("AN");
    return {
      id: one("ID"),
      type: one("TY") === "JOUR" ? "article-journal" : "article",
      title: one("TI"),
      author: said.AU?.map((name) => {
        const [family, given] = name.split(/, (.*)/);
        return given ? { family, given } : { literal: family };
      }),
      issued: said.DA && { "date-parts": [one("DA")?.split("/").filter(Boolean).map(Number)] },
      "container-title": one("T2"),
      publisher: number && "arXiv",
      number,
      DOI: one("DO"),
      URL: one("UR"),
    };
  }

  /**
   * What a citation key ends with (generator/citation/reference.py): the key of the paper, spelled as in all of them.
   * @param {SearchResult} result
   */
  function endOf(result) {
    const key = result.address.slice(result.address.indexOf("/") + 1, -".html".length);
    return key.replace(/[_-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  }

  /**
   * The entries of a day by what their keys end with: before it stands a family name, which has no hyphen, or nothing.
   * @param {Format} format
   * @param {string} text
   */
  function byEnd(format, text) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const [key, entry] of format.split(text)) {
      found.set(key, entry);
      found.set(key.slice(key.indexOf("-") + 1), entry);
    }
    return found;
  }

  /** @param {string} address */
  async function read(address) {
    const answer = await fetch(address).catch(() => null);
    if (!answer) throw new Error(`${address} could not be loaded`);
    if (!answer.ok) throw new Error(`${address} could not be loaded (${answer.status})`);
    return answer.text();
  }

  /**
   * The entries of papers, in their order; a paper that the file of its day lacks has none.
   * @param {Format} format
   * @param {SearchResult[]} papers
   * @param {(done: number, total: number) => boolean} advance Says whether they are still wanted.
   */
  async function collect(format, papers, advance) {
    const days = [...new Set(papers.map((paper) => paper.dayAddress))];
    /** @type {Map<string, Map<string, string>>} */
    const files = new Map();
    let next = 0;
    async function some() {
      while (next < days.length && advance(files.size, days.length)) {
        const day = days[next++];
        files.set(day, byEnd(format, await read(day.replace(/html$/, format.of))));
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, some));
    return papers.flatMap((paper) => files.get(paper.dayAddress)?.get(endOf(paper)) || []);
  }

  /**
   * A name that says what was asked.
   * @param {SearchQuery} query
   * @param {Format} format
   */
  function nameOf({ q, tag, author, source, from, to }, format) {
    const words = [q, tag, author, source, from, to].filter(Boolean).join(" ");
    const plain = words.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
    return `${plain ? `papers-${plain}` : "papers"}.${format.ending}`;
  }

  /**
   * @param {string} text
   * @param {string} type
   * @param {string} name
   */
  function save(text, type, name) {
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  }

  /**
   * What stands on the page to export the answer to a question; if it is taken away, what it does ends.
   * @param {SearchQuery} query
   * @param {number} total How many papers the answer has.
   */
  function exporter(query, total) {
    const status = element("span", { className: "bs-search__export-status" });
    status.setAttribute("role", "status");
    const progress = element("progress", { hidden: true });
    progress.setAttribute("aria-label", "Days read");
    const first = total > MOST ? `the first ${count(MOST, "paper")} of these`
      : total === 1 ? "this paper" : `these ${count(total, "paper")}`;
    const panel = element("p", { className: "bs-links bs-search__export" }, element("span", {}, `Export ${first} as`));
    const buttons = [...FORMATS].map(([name, format]) => {
      const button = Broadsheet.button("bs-copy", name);
      button.addEventListener("click", () => start(format));
      return button;
    });
    panel.append(...buttons, progress, status);

    /** @param {Format} format */
    async function start(format) {
      if (!progress.hidden) return;
      status.textContent = "Reading the files of the days …";
      progress.removeAttribute("value");
      progress.hidden = false;
      try {
        const { results } = await Broadsheet.search({ ...query, limit: MOST });
        const found = await collect(format, results, (done, days) => {
          Object.assign(progress, { max: days, value: done });
          return panel.isConnected;
        });
        if (!panel.isConnected) return;
        const lacking = results.length - found.length;
        const less = lacking ? ` ${count(lacking, "paper")} could not be found in the files of the days.` : "";
        const name = nameOf(query, format);
        if (found.length) save(format.join(found), format.type, name);
        status.textContent = found.length ? `${name}: ${count(found.length, "paper")}.${less}` : less.trim();
      } catch (error) {
        status.textContent = `Nothing was exported: ${/** @type {Error} */ (error).message}. Try again.`;
      }
      progress.hidden = true;
    }

    return panel;
  }

  Broadsheet.exporter = exporter;
})();
