/*
 * The page of the search: the form, its address, the results, the filters and the keyboard. It asks Broadsheet.search and
 * Broadsheet.facets and knows nothing of how they find. Whatever comes from a digest or an address is set as text, never
 * as markup.
 */
(function () {
  "use strict";

  /**
   * @typedef {Record<string, string>} State The keys of KEYS that are set: what the address says.
   * @typedef {{prefix?: boolean, exactly?: boolean}} Manner What else was asked: the last word is half a word perhaps,
   *   nothing is to be repaired. It is kept in the history, for whoever comes back.
   */

  const KEYS = ["q", "tag", "author", "source", "from", "to", "sort"];
  const LABELS = new Map(Object.entries(
    { tag: "Tag", author: "Author", source: "Source", from: "From", to: "To" }
  ));
  /* A tag or a source among the words, not excluded. */
  const WORDED = /(?<!\S)(tag|source):(?:"([^"]*)"|([^\s"“”„«»＂]+))(?!\S)/gi;
  const STEP = 20;
  /* Milliseconds: until a word is taken for typed, and until its answer is for good. */
  const TYPING = 120;
  const SETTLED = 350;
  /* Entries of a facet: at first, and at most. */
  const FEW = 10;
  const MOST = 100;

  const Broadsheet = window.Broadsheet;
  const { element, count, day, marked, names } = Broadsheet.result;
  const page = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));

  /**
   * @template {HTMLElement} [T=HTMLElement]
   * @param {string} selector
   * @returns {T}
   */
  function part(selector) {
    return /** @type {T} */ (page.querySelector(selector));
  }

  /** @type {HTMLFormElement} */
  const form = part("form");
  /** @type {HTMLInputElement} */
  const box = part("[name=q]");
  /** @type {HTMLDetailsElement} */
  const filters = part(".bs-search__filters");
  /** @type {HTMLDetailsElement} */
  const help = part(".bs-search__help");
  const guide = part(".bs-search__help > dl");
  const facets = part(".bs-search__facets");
  const chips = part(".bs-search__chips");
  const bar = part(".bs-search__bar");
  const order = part(".bs-search__bar > label");
  const status = part(".bs-search__status");
  const advice = part(".bs-search__advice");
  const results = part(".bs-search__results");
  const more = part(".bs-search__more");
  const title = document.title;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  /* The files of the days, of which an export is made, can be read over http alone. */
  const taking = location.protocol === "file:" ? null : Broadsheet.button("bs-copy bs-search__take", "Export");

  /** @type {State} */
  let state = {};
  /** @type {Manner} */
  let manner = {};
  /** @type {SearchArchive} */
  let archive = { papers: -1, from: "", to: "", sources: [], tags: [] };
  /** @type {Map<string, string>} Those that are here already, by the address of the paper. */
  const abstracts = new Map();
  /** @type {SearchTerms} */
  let terms;
  let total = 0;
  let shown = 0;
  let turn = 0;
  let typing = false;
  let timer = 0;
  let settling = 0;
  /** The answer to which more is being added. */
  let adding = 0;
  /** @type {EventTarget | null} The date that is being typed. */
  let dating = null;
  /** @type {HTMLElement | null} */
  let panel = null;

  /* ---- The address ------------------------------------------------------------------------------------------- */

  /**
   * A date as the fields of the form hold it: a year or month becomes its first or last day; "" if it is none.
   * @param {string} text
   * @param {boolean} last
   */
  function wholeDay(text, last) {
    const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
    if (!match) return "";
    const month = match[2] || (last ? "12" : "01");
    const end = new Date(Date.UTC(Number(match[1]), Number(month), 0)).getUTCDate();
    const date = match[3] || (last ? String(end) : "01");
    return month >= "01" && month <= "12" && date >= "01" && Number(date) <= end ? `${match[1]}-${month}-${date}` : "";
  }

  /** @returns {State} */
  function fromAddress() {
    const given = new URLSearchParams(location.search);
    return cleaned((key) => given.get(key) || "");
  }

  /** @returns {State} */
  function fromForm() {
    const given = new FormData(form);
    return cleaned((key) => String(given.get(key) || ""));
  }

  /**
   * @param {(key: string) => string} value
   * @returns {State}
   */
  function cleaned(value) {
    /** @type {State} */
    const clean = {};
    for (const key of KEYS) {
      let text = key === "q" ? value(key) : value(key).trim();
      if (key === "from" || key === "to") text = wholeDay(text, key === "to");
      if (key === "sort" && text !== "date") text = "";
      if (text.trim()) clean[key] = text;
    }
    return clean;
  }

  /** @param {State} wanted */
  function address(wanted) {
    const given = KEYS.filter((key) => wanted[key]).map((key) => [key, wanted[key]]);
    return location.pathname + (given.length ? `?${new URLSearchParams(given)}` : "");
  }

  /**
   * An element of the form. Some stand outside of it on the page, and belong to it by name.
   * @param {string} name
   * @returns {any}
   */
  function field(name) {
    return form.elements.namedItem(name);
  }

  /** @param {State} wanted */
  function fill(wanted) {
    const source = field("source");
    const known = [...source.options].some((option) => option.value === (wanted.source || ""));
    if (!known) source.add(new Option(wanted.source, wanted.source));
    for (const key of KEYS) field(key).value = wanted[key] || "";
  }

  /**
   * Put the state into the address. A query in the making replaces itself; each that was settled stays behind Back.
   * @param {boolean} push
   */
  function remember(push) {
    const same = address(state) === location.pathname + location.search;
    try {
      if (push && !same) history.pushState(manner, "", address(state));
      else history.replaceState(manner, "", address(state));
    } catch (refused) {
      /* A browser that keeps a local file's address as it is: the results are right, only not linked. */
    }
  }

  /* ---- Results ----------------------------------------------------------------------------------------------- */

  /**
   * A link to another question, answered on this page.
   * @param {State} wanted
   * @param {(Node | string)[]} words
   */
  function refine(wanted, ...words) {
    const link = element("a", { href: address(wanted) }, ...words);
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(wanted);
      /* Whoever is in the filters goes on there. */
      if (filters.contains(link)) return;
      box.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
    return link;
  }

  /**
   * @param {SearchResult} result
   * @returns {HTMLElement[]}
   */
  function entry(result) {
    const link = element("a", { href: result.address }, marked(result.title, Broadsheet.words.marks(result.title, terms)));
    const line = element("p", {}, element("a", { href: result.dayAddress }, day(result.day)));
    if (result.authors.length) line.append("\u00a0· ", names(result, terms));
    if (archive.sources.length > 1) line.append(`\u00a0· ${result.sources.join(", ")}`);
    const snippet = element("p", { className: "bs-search__snippet" });
    snippet.dataset.of = result.address;
    fillSnippet(snippet, abstracts.get(result.address) || "");
    const parts = [element("h3", {}, link), line, snippet];
    if (result.tags.length) {
      const tags = result.tags.map((tag) => refine({ ...state, tag }, tag));
      parts.push(element("p", { className: "tags" }, ...tags.flatMap((tag) => [tag, " "])));
    }
    return parts;
  }

  /* Abstracts are asked for near the window alone, when the results have come to rest. */
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (!one.isIntersecting) continue;
      near.unobserve(one.target);
      showSnippet(/** @type {HTMLElement} */ (one.target));
    }
  }, { rootMargin: "300px" });

  /**
   * @param {HTMLElement} place
   * @param {string} abstract
   */
  function fillSnippet(place, abstract) {
    const { text, ranges } = Broadsheet.snippet(abstract, terms);
    if (text) place.replaceChildren(marked(text, ranges));
  }

  /** @param {HTMLElement} place */
  async function showSnippet(place) {
    const { of = "" } = place.dataset;
    const abstract = await Broadsheet.abstract(of, () => place.isConnected);
    if (abstract) abstracts.set(of, abstract);
    if (!place.isConnected) return;
    fillSnippet(place, abstract);
    if (!place.firstChild) place.remove();
  }

  /** What follows the results, when nobody is typing any more. */
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      showFacets();
      for (const place of results.querySelectorAll(".bs-search__snippet:empty")) near.observe(place);
    }, typing ? SETTLED : 0);
  }

  /* ---- Filters ----------------------------------------------------------------------------------------------- */

  /** Tags and sources among the words: how each is written, what it is, and its name. */
  function worded() {
    return [...(state.q || "").matchAll(WORDED)].map(([text, key, name, word]) =>
      ({ text, key: key.toLowerCase(), value: name || word || "" }));
  }

  /**
   * @param {State} asked
   * @param {string} [text] One of those, else all of them.
   * @returns {State} The question without it.
   */
  function unsaid(asked, text) {
    const q = (asked.q || "").replace(WORDED, (own) => (own === (text || own) ? "" : own)).replace(/\s+/g, " ").trim();
    return { ...asked, q };
  }

  /** @returns {[string, State][]} The filters that are set: words for each, and the question without it. */
  function active() {
    /** @param {string} key @param {string} value */
    const words = (key, value) => {
      const label = LABELS.get(key);
      if (key === "from" || key === "to") return `${label} ${day(value)}`;
      const source = key === "source" && archive.sources.find(([slug]) => slug === value);
      return `${label}: ${source ? source[1] : value}`;
    };
    return [
      ...[...LABELS.keys()].filter((key) => state[key]).map((key) =>
        /** @type {[string, State]} */ ([words(key, state[key]), without([key])])),
      ...worded().map(({ text, key, value }) => /** @type {[string, State]} */ ([words(key, value), unsaid(state, text)]))
    ];
  }

  /**
   * @param {string[]} keys
   * @returns {State}
   */
  function without(keys) {
    return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key)));
  }

  function showChips() {
    chips.replaceChildren(...active().map(([words, rest]) => {
      const cross = element("span", {}, "×");
      cross.setAttribute("aria-hidden", "true");
      const chip = element("button", { type: "button" }, words, " ", cross);
      chip.setAttribute("aria-label", `Remove filter ${words}`);
      chip.addEventListener("click", () => {
        go(rest);
        box.focus();
      });
      return element("li", {}, chip);
    }));
  }

  /**
   * The question with one more filter. Of each the address holds one; another is put into words, so that what is found is
   * what was counted.
   * @param {"tag" | "source"} key
   * @param {string} value
   * @returns {State}
   */
  function narrowed(key, value) {
    if (!state[key]) return { ...state, [key]: value };
    return { ...state, q: `${key}:"${value.replaceAll('"', " ")}" ${state.q || ""}`.trim() };
  }

  /**
   * What a click on an entry of a facet does: take it as a filter, or remove it.
   * @param {"tag" | "source"} key
   * @param {string} value
   * @param {string} name
   * @param {number} number
   * @returns {Choice}
   */
  function choosing(key, value, name, number) {
    const small = value.toLowerCase();
    const said = worded().find((one) => one.key === key && one.value.toLowerCase() === small);
    const field = (state[key] || "").toLowerCase() === small;
    const wanted = field ? without([key]) : said ? unsaid(state, said.text) : narrowed(key, value);
    return { name, count: number, chosen: field || Boolean(said), wanted };
  }

  /**
   * @param {string | number} year
   * @returns {State}
   */
  function within(year) {
    const [first, last] = [`${year}-01-01`, `${year}-12-31`];
    const { from = "", to = "" } = state;
    return { ...state, from: from > first ? from : first, to: to && to < last ? to : last };
  }

  /**
   * @typedef {{name: string, count: number, chosen: boolean, wanted: State}} Choice
   * @param {string} heading
   * @param {Choice[]} choices
   */
  function facet(heading, choices) {
    if (!choices.length) return [];
    const list = element("ul", {}, ...choices.slice(0, MOST).map((choice, place) => {
      const number = element("span", { className: "bs-count" }, count(choice.count, "").trimEnd().replace(/s$/, ""));
      const link = refine(choice.wanted, choice.name, " ", number);
      link.dataset.choice = `${heading} ${choice.name}`;
      if (choice.chosen) {
        link.setAttribute("aria-current", "true");
        link.title = "Remove this filter";
      }
      return element("li", { hidden: place >= FEW }, link);
    }));
    const section = element("section", {}, element("h2", {}, heading), list);
    if (choices.length <= FEW) return [section];
    const rest = Broadsheet.button("bs-search__rest", `${Math.min(choices.length, MOST) - FEW} more`);
    rest.setAttribute("aria-label", `${rest.textContent}: ${heading}`);
    rest.addEventListener("click", () => {
      const hidden = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[hidden]"));
      hidden.forEach((item) => {
        item.hidden = false;
      });
      /** @type {HTMLElement} */ (hidden[0].firstElementChild).focus();
      rest.remove();
    });
    section.append(rest);
    return [section];
  }

  /** @param {SearchFacets} found */
  function fillFacets(found) {
    const { from = "", to = "" } = state;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const choice = focused && facets.contains(focused) ? focused.dataset.choice || "" : null;
    facets.replaceChildren(
      ...facet("Tags", found.tags.map(([name, number]) => choosing("tag", name, name, number))),
      ...facet("Years", found.years.map(([year, number]) => from.startsWith(`${year}-`) && to.startsWith(`${year}-`)
        ? { name: String(year), count: number, chosen: true, wanted: without(["from", "to"]) }
        : { name: String(year), count: number, chosen: false, wanted: within(year) })),
      ...facet("Sources", found.sources.map(([slug, name, number]) => choosing("source", slug, name, number)))
    );
    if (choice === null) return;
    const links = /** @type {NodeListOf<HTMLElement>} */ (facets.querySelectorAll("a"));
    const again = [...links].find((link) => link.dataset.choice === choice && link.offsetParent);
    (again || /** @type {HTMLElement} */ (filters.firstElementChild)).focus({ preventScroll: true });
  }

  async function showFacets() {
    const mine = turn;
    if (!filters.open) return;
    if (!total) return facets.replaceChildren();
    try {
      const found = await Broadsheet.facets({ ...without(["sort"]), ...manner });
      if (mine === turn && filters.open) fillFacets(found);
    } catch (error) {
      if (mine === turn) facets.replaceChildren(element("p", {}, `No counts: ${/** @type {Error} */ (error).message}.`));
    }
  }

  /* ---- What is said ------------------------------------------------------------------------------------------ */

  /**
   * @param {string} words
   * @param {() => void} does
   */
  function offer(words, does) {
    const made = element("button", { type: "button" }, words);
    made.addEventListener("click", does);
    return made;
  }

  /** @param {string} words */
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  /** @param {SearchAnswer} answer */
  function repairs({ repaired }) {
    if (!repaired) return [];
    const typed = state.q;
    return [element("p", {},
      "Showing results for ", refine({ ...state, q: repaired }, repaired), ". Search instead for ",
      offer(typed, () => {
        go({ ...state, q: typed }, { exactly: true });
        box.focus();
      }), ".")];
  }

  /** @param {SearchAnswer} answer */
  function missing({ unknown }) {
    if (!unknown.length) return [];
    const parts = unknown.slice(0, 5).flatMap((word, place) => [place ? ", " : "", element("b", {}, word)]);
    return [element("p", {}, "No paper has ", ...parts, ".")];
  }

  /** @param {SearchAnswer} answer */
  function nothing({ unknown }) {
    const set = active();
    const tips = unknown.length ? [] : [element("p", {}, state.q
      ? "Every word must stand in the title, the authors, the tags or the abstract. Fewer words find more."
      : "No paper passes all filters.")];
    const offers = set.length > 1
      ? set.map(([words, rest]) => offer(`Without ${words[0].toLowerCase()}${words.slice(1)}`, () => go(rest))) : [];
    if (set.length) offers.push(offer("Without filters", () => go(unsaid(without([...LABELS.keys()])))));
    return [...tips, ...(offers.length ? [element("p", { className: "bs-links" }, ...offers)] : [])];
  }

  function beginning() {
    if (!archive.papers) return [element("p", {}, "There are no papers yet.")];
    const span = archive.from === archive.to ? `on ${day(archive.from)}` : `from ${day(archive.from)} to ${day(archive.to)}`;
    const tags = archive.tags.slice(0, 12).flatMap((tag) => [refine({ tag }, tag), " "]);
    return [
      element("p", {}, `${count(archive.papers, "paper")}, listed ${span}. Accents and capitals do not matter.`),
      guide,
      ...(tags.length ? [element("div", { className: "bs-entries" }, element("p", { className: "tags" }, ...tags))] : [])
    ];
  }

  /** @param {SearchAnswer} answer */
  function advise(answer) {
    const asks = Object.keys(state).some((key) => key !== "sort");
    help.hidden = !asks;
    bar.hidden = !asks;
    order.hidden = !answer.results.length;
    if (asks) help.append(guide);
    advice.replaceChildren(...(asks
      ? [...repairs(answer), ...missing(answer), ...(answer.results.length ? [] : nothing(answer))] : beginning()));
    const found = answer.total ? `${count(answer.total, "paper")} found` : "No papers found";
    if (!asks) say("");
    else if (answer.partial) say("No paper has all of these words; these have some of them");
    else say(answer.repaired ? `${found} for ${answer.repaired}` : found);
  }

  /** @param {SearchAnswer} answer */
  function showArchive(answer) {
    if (archive.papers === answer.archive.papers) return;
    archive = answer.archive;
    field("source").replaceChildren(new Option("Any", ""), ...archive.sources.map(([slug, name]) => new Option(name, slug)));
    fill({ ...fromForm(), source: state.source || "", q: box.value });
    part("datalist").replaceChildren(...archive.tags.map((tag) => new Option(tag)));
  }

  function showButton() {
    more.hidden = shown >= total;
    more.textContent = `Show ${Math.min(STEP, total - shown)} more`;
  }

  /** @param {SearchAnswer} answer */
  function show(answer) {
    showArchive(answer);
    showChips();
    terms = answer.terms;
    total = answer.total;
    const focused = results.contains(document.activeElement) && document.activeElement?.getAttribute("href");
    near.disconnect();
    results.replaceChildren(...answer.results.flatMap(entry));
    if (focused) titles().find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    shown = answer.results.length;
    showButton();
    advise(answer);
    offerExport();
    settle();
  }

  /** @param {unknown} error */
  function showFailure(error) {
    say(`The search does not work: ${/** @type {Error} */ (error).message}.`);
    bar.hidden = false;
    advice.replaceChildren(
      element("p", {}, "The connection may be gone, or a file of the site missing."),
      element("p", { className: "bs-links" }, offer("Try again", () => ask()))
    );
  }

  /* ---- Taking the results along ------------------------------------------------------------------------------- */

  function offerExport() {
    panel?.remove();
    panel = null;
    if (!taking) return;
    taking.hidden = !total;
    taking.setAttribute("aria-expanded", "false");
  }

  async function toggleExport() {
    if (!taking || panel) return offerExport();
    const mine = turn;
    if (!Broadsheet.exporter) await load("search-export.js");
    if (mine !== turn || panel || !Broadsheet.exporter) return;
    panel = Broadsheet.exporter({ ...state, ...manner }, total);
    taking.setAttribute("aria-expanded", "true");
    bar.after(panel);
    panel.querySelector("button")?.focus();
  }

  /** @param {string} name */
  function load(name) {
    const script = element("script", { src: new URL(name, here).href });
    document.head.append(script);
    return new Promise((done) => {
      script.onload = done;
      script.onerror = () => {
        script.remove();
        say(`${name} could not be loaded; try again`);
        done(null);
      };
    });
  }

  /* ---- Asking ------------------------------------------------------------------------------------------------ */

  /**
   * Ask for the state, and show the answer unless another question has come meanwhile.
   * @param {number} [limit]
   * @returns {Promise<SearchAnswer | undefined>} The answer, if it is shown.
   */
  async function ask(limit = STEP) {
    const mine = ++turn;
    clearTimeout(timer);
    clearTimeout(settling);
    document.title = state.q ? `${state.q} - ${title}` : title;
    const waiting = setTimeout(() => mine === turn && say("Searching …"), 300);
    page.setAttribute("aria-busy", "true");
    /** @type {SearchAnswer | undefined} */
    let answer;
    try {
      answer = await Broadsheet.search({ ...state, ...manner, limit });
      if (mine === turn) show(answer);
    } catch (error) {
      if (mine === turn) showFailure(error);
    }
    clearTimeout(waiting);
    if (mine !== turn) return undefined;
    page.removeAttribute("aria-busy");
    return answer;
  }

  /**
   * Whether two questions end with the same words: one may have a filter more before them.
   * @param {string} [one]
   * @param {string} [other]
   */
  function alike(one = "", other = "") {
    return one === other || one && other && (one.endsWith(` ${other}`) || other.endsWith(` ${one}`));
  }

  /**
   * A settled question: it gets a place in the history of its own.
   * @param {State} wanted
   * @param {Manner} [how] If it is not said: the words are asked as before if they are the same.
   * @param {boolean} [push]
   */
  function go(wanted, how = alike(wanted.q, state.q) ? manner : {}, push = true) {
    state = wanted;
    manner = how;
    typing = false;
    fill(state);
    remember(push);
    return ask();
  }

  /** @param {SearchAnswer | undefined} answer The paper that it names, if it was asked for that alone. */
  function named(answer) {
    return answer && Object.keys(without(["sort"])).join() === "q" ? answer.exact : "";
  }

  async function submit() {
    const paper = named(await go(fromForm(), {}));
    if (paper) location.assign(paper);
  }

  async function showMore() {
    if (adding === turn) return;
    const mine = adding = turn;
    try {
      const answer = await Broadsheet.search({ ...state, ...manner, offset: shown, limit: STEP });
      if (mine !== turn) return;
      const entries = answer.results.flatMap(entry);
      results.append(...entries);
      shown += answer.results.length;
      showButton();
      settle();
      entries[0]?.querySelector("a")?.focus();
    } catch (error) {
      if (mine === turn) showFailure(error);
    } finally {
      if (adding === mine) adding = 0;
    }
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state = fromForm();
      manner = { prefix: true };
      remember(!typing);
      typing = true;
      ask();
    }, TYPING);
  }

  /* ---- The reader -------------------------------------------------------------------------------------------- */

  /** @returns {HTMLElement[]} */
  function titles() {
    return [...results.querySelectorAll("h3 > a")].map((link) => /** @type {HTMLElement} */ (link));
  }

  /** @param {number} step */
  function move(step) {
    const links = titles();
    const focused = document.activeElement && document.activeElement.closest("h3");
    const at = links.findIndex((link) => link.parentElement === focused) + step;
    if (at < 0) box.focus();
    else if (at < links.length) links[at].focus();
    else if (!more.hidden) more.focus();
  }

  page.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const inList = target === box || target === more || results.contains(target);
    if (!inList || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "ArrowDown" && target !== more) move(1);
    else if (event.key === "ArrowUp" && target === more) titles().pop()?.focus();
    else if (event.key === "ArrowUp" && target !== box) move(-1);
    else if (event.key === "Escape" && target !== box) box.focus();
    else if (event.key === "Escape" && box.value) {
      box.value = "";
      go(fromForm());
    } else return;
    event.preventDefault();
  });

  box.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) typed();
  });
  box.addEventListener("compositionend", typed);
  /* A date that is typed changes with each digit of its year: that is one question in the making. */
  page.addEventListener("change", (event) => {
    const { target } = event;
    if (target === box) return;
    const wanted = fromForm();
    const begins = dating !== target;
    if (address(wanted) !== location.pathname + location.search) {
      dating = /** @type {HTMLElement} */ (target).matches("[type=date]") ? target : null;
    }
    go(wanted, undefined, begins);
  });
  page.addEventListener("focusout", () => {
    dating = null;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  filters.addEventListener("toggle", () => filters.open && settle());
  more.addEventListener("click", showMore);
  if (taking) {
    taking.hidden = true;
    taking.setAttribute("aria-expanded", "false");
    taking.addEventListener("click", toggleExport);
    order.before(taking);
  }

  /** @param {any} left What the history keeps of a question. */
  function mannerOf(left) {
    return { ...(left.prefix && { prefix: true }), ...(left.exactly && { exactly: true }) };
  }

  window.addEventListener("popstate", (event) => {
    state = fromAddress();
    manner = mannerOf(event.state || {});
    typing = false;
    fill(state);
    ask();
  });

  /* Coming back from a paper: as many results as there were, and the same place in them. Abstracts above it may still be
     missing then, so the place is that of a title. */
  window.addEventListener("pagehide", () => {
    const first = titles().find((link) => link.getBoundingClientRect().bottom > 0);
    const at = window.scrollY && first ? [first.getAttribute("href"), first.getBoundingClientRect().top] : null;
    try {
      history.replaceState({ ...manner, shown, at, open: filters.open }, "");
    } catch (refused) {
      /* The list then begins at its top. */
    }
  });

  /** @param {[string, number] | null | undefined} at */
  function scrollBack(at) {
    const link = at && titles().find((one) => one.getAttribute("href") === at[0]);
    if (link) window.scrollBy(0, link.getBoundingClientRect().top - at[1]);
  }

  async function begin() {
    const left = history.state || {};
    page.hidden = false;
    /** @type {HTMLElement} */ (document.querySelector("[data-search-without]")).hidden = true;
    filters.open = Boolean(left.open);
    state = fromAddress();
    manner = mannerOf(left);
    fill(state);
    /* Who has typed words into the header goes on in the field, unless that would bring up a phone's keyboard. */
    const types = state.q ? !history.state : !Object.keys(state).length;
    if (types && window.matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
    const answer = await ask(Math.max(STEP, left.shown || 0));
    /* A reader who comes back wants the results, one who comes to look up an identifier the paper. */
    const paper = history.state ? "" : named(answer);
    if (paper) location.replace(paper);
    else scrollBack(left.at);
  }

  begin();
})();
