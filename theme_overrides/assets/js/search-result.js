/*
 * How a paper is shown that was found, on the page of the search and in the dialog: what matches in its title and its
 * authors is marked. Whatever comes from a digest or a reader is set as text, never as markup.
 */
(function () {
  "use strict";

  const Broadsheet = window.Broadsheet;
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  /* Names in a byline, as generator/pages/entries.py has them; two more if it is they that match. */
  const NAMES = 3;
  const MATCHING = 2;

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} name
   * @param {Record<string, unknown>} [properties]
   * @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /**
   * 1,729 papers
   * @param {number} number
   * @param {string} noun
   */
  function count(number, noun) {
    return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${noun}${number === 1 ? "" : "s"}`;
  }

  /**
   * 2025-03-14 as 14 March 2025
   * @param {string} day
   */
  function longDay(day) {
    const [year, month, date] = day.split("-");
    return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
  }

  /**
   * A text with these parts of it marked.
   * @param {string} text
   * @param {Span[]} ranges
   */
  function marked(text, ranges) {
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const [from, to] of ranges) {
      parts.append(text.slice(at, from), element("mark", {}, text.slice(from, to)));
      at = to;
    }
    parts.append(text.slice(at));
    return parts;
  }

  /**
   * The first authors and those that match, and how many others there are.
   * @param {SearchResult} result
   * @param {SearchTerms} terms
   */
  function names({ authors, others }, terms) {
    const parts = document.createDocumentFragment();
    const few = authors.length + others <= NAMES + 1;
    let left = NAMES + MATCHING;
    let rest = others;
    authors.forEach((name, place) => {
      const ranges = Broadsheet.words.marks(name, terms);
      if (few || (left && (place < NAMES || ranges.length))) {
        parts.append(place ? ", " : "", marked(name, ranges));
        left--;
      } else rest++;
    });
    if (rest) parts.append(` and ${count(rest, "other")}`);
    return parts;
  }

  /* A browser copies a formula with blanks around it: "k-means" of a title becomes "k -means", which would be without
     "means". */
  document.addEventListener("paste", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "q" || !event.clipboardData) return;
    const text = event.clipboardData.getData("text");
    const whole = text.replace(/\s+/g, " ").replace(/(^| )([\p{L}\p{N}]) -(?=\p{L})/gu, "$1$2-");
    if (whole === text) return;
    event.preventDefault();
    box.setRangeText(whole, box.selectionStart || 0, box.selectionEnd || 0, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });

  Broadsheet.result = { element, count, day: longDay, marked, names };
})();
