/*
 * The page of the search: the form, its address, the results and the keyboard. It asks Broadsheet.search and knows
 * nothing of how that finds. Whatever comes from a digest or an address is set as text, never as markup.
 */
(function () {
  "use strict";

  /** @typedef {Record<string, string>} State The keys of KEYS that are set. */

  const KEYS = ["q", "tag", "author", "source", "from", "to", "sort"];
  const LABELS = new Map(Object.entries(
    { tag: "Tag", author: "Author", source: "Source", from: "From", to: "To" }
  ));
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const STEP = 20;
  const TYPING = 120;
  /* Names in a byline, as generator/pages/entries.py has them. */
  const NAMES = 3;

  /** @type {any} */
  const Broadsheet = /** @type {any} */ (window).Broadsheet;
  const page = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
  const box = /** @type {HTMLInputElement} */ (page.querySelector("[name=q]"));
  const details = /** @type {HTMLDetailsElement} */ (page.querySelector("details"));
  const [chips, status, advice, results, more] = [".bs-search__chips", ".bs-search__status", ".bs-search__advice",
    ".bs-search__results", ".bs-search__more"].map((name) => /** @type {HTMLElement} */ (page.querySelector(name)));
  const title = document.title;

  /** @type {State} */
  let state = {};
  /** @type {{papers: number, from: string, to: string, sources: [string, string][], tags: string[]}} */
  let archive = { papers: 0, from: "", to: "", sources: [], tags: [] };
  let shown = 0;
  let turn = 0;
  let typing = false;
  let timer = 0;

  /* ---- Words and elements ------------------------------------------------------------------------------------ */

  /**
   * @param {string} name
   * @param {Record<string, any>} properties
   * @param {(Node | string)[]} children
   * @returns {any}
   */
  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** @param {number} number @param {string} noun */
  function count(number, noun) {
    return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${noun}${number === 1 ? "" : "s"}`;
  }

  /** @param {string} day */
  function longDay(day) {
    const [year, month, date] = day.split("-");
    return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
  }

  /** @param {string} text @param {[number, number][]} ranges */
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
    const day = match[3] || (last ? String(end) : "01");
    return month >= "01" && month <= "12" && day >= "01" && Number(day) <= end ? `${match[1]}-${month}-${day}` : "";
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

  /** @param {(key: string) => string} value @returns {State} */
  function cleaned(value) {
    /** @type {State} */
    const state = {};
    for (const key of KEYS) {
      let text = key === "q" ? value(key) : value(key).trim();
      if (key === "from" || key === "to") text = wholeDay(text, key === "to");
      if (key === "sort" && text !== "date") text = "";
      if (text.trim()) state[key] = text;
    }
    return state;
  }

  /** @param {State} wanted */
  function address(wanted) {
    const given = KEYS.filter((key) => wanted[key]).map((key) => [key, wanted[key]]);
    return location.pathname + (given.length ? `?${new URLSearchParams(given)}` : "");
  }

  /** @param {State} wanted */
  function fill(wanted) {
    const source = /** @type {HTMLSelectElement} */ (form.elements.namedItem("source"));
    const known = [...source.options].some((option) => option.value === (wanted.source || ""));
    if (!known) source.add(new Option(wanted.source, wanted.source));
    for (const key of KEYS) {
      /** @type {HTMLInputElement} */ (form.elements.namedItem(key)).value = wanted[key] || "";
    }
  }

  /**
   * Put the state into the address. A query in the making replaces itself; each that was settled stays behind Back.
   * @param {boolean} push
   */
  function remember(push) {
    if (address(state) === location.pathname + location.search) return;
    try {
      if (push) history.pushState({}, "", address(state));
      else history.replaceState({}, "", address(state));
    } catch (refused) {
      /* A browser that keeps a local file's address as it is: the results are right, only not linked. */
    }
  }

  /* ---- Results ----------------------------------------------------------------------------------------------- */

  /** @param {State} wanted @param {string} text */
  function refine(wanted, text) {
    const link = element("a", { href: address(wanted) }, text);
    link.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(wanted);
      box.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
    return link;
  }

  /** @param {any} paper */
  function byline(paper) {
    const line = element("p", { className: "byline" }, element("a", { href: paper.dayAddress }, longDay(paper.day)));
    const { authors, marks } = paper;
    const first = authors.length <= NAMES + 1 ? authors.length : NAMES;
    const named = authors.map((/** @type {string} */ name, /** @type {number} */ i) => i)
      .filter((/** @type {number} */ i) => i < first || marks.authors[i].length).slice(0, first + 2);
    named.forEach((/** @type {number} */ i, /** @type {number} */ place) => {
      line.append(place ? ", " : "\u00a0· ", marked(authors[i], marks.authors[i]));
    });
    const rest = authors.length - named.length;
    if (rest) line.append(` and ${count(rest, "other")}`);
    if (archive.sources.length > 1) line.append(`\u00a0· ${paper.sources.join(", ")}`);
    return line;
  }

  /** @param {any} paper @returns {Node[]} */
  function entry(paper) {
    const link = element("a", { href: paper.address }, marked(paper.title, paper.marks.title));
    const parts = [element("h3", {}, link), byline(paper)];
    if (paper.snippet) parts.push(element("p", {}, marked(paper.snippet, paper.marks.snippet)));
    if (paper.tags.length) {
      const tags = paper.tags.map((/** @type {string} */ tag) => refine({ ...state, tag }, tag));
      parts.push(element("p", { className: "tags" }, ...tags.flatMap((/** @type {Node} */ tag) => [tag, " "])));
    }
    return parts;
  }

  /** @returns {[string, string][]} The filters that are set: key and words for it. */
  function active() {
    return [...LABELS].filter(([key]) => state[key]).map(([key, label]) => {
      const source = archive.sources.find(([slug]) => slug === state[key]);
      const value = key === "source" && source ? source[1] : key === "from" || key === "to" ? longDay(state[key]) : state[key];
      return [key, key === "from" || key === "to" ? `${label} ${value}` : `${label}: ${value}`];
    });
  }

  /** @param {string[]} keys @returns {State} */
  function without(keys) {
    return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key)));
  }

  function showChips() {
    chips.replaceChildren(...active().map(([key, words]) => {
      const cross = element("span", {}, "×");
      cross.setAttribute("aria-hidden", "true");
      const chip = element("button", { type: "button" }, words, " ", cross);
      chip.setAttribute("aria-label", `Remove filter ${words}`);
      chip.addEventListener("click", () => {
        go(without([key]));
        box.focus();
      });
      return element("li", {}, chip);
    }));
  }

  /** @param {string} words @param {() => void} does */
  function offer(words, does) {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", does);
    return button;
  }

  function adviseNothingFound() {
    const filters = active();
    const tips = element("p", {}, state.q
      ? "Every word must stand in the title, the authors, the tags or the abstract. Fewer words, or the beginning of one, find more."
      : "No paper passes all filters.");
    const offers = filters.length > 1
      ? filters.map(([key, words]) => offer(`Without ${words[0].toLowerCase()}${words.slice(1)}`, () => go(without([key])))) : [];
    if (filters.length) offers.push(offer("Without filters", () => go(without([...LABELS.keys()]))));
    advice.replaceChildren(tips, ...(offers.length ? [element("p", { className: "bs-links" }, ...offers)] : []));
  }

  const EXAMPLES = [
    ["image editing", "all words, each as a word or its beginning"],
    ['"chain of thought"', "the words in this order"],
    ["agent -survey", "without a word"],
    ["2503.10613", "an arXiv id or address, a DOI"]
  ];

  function adviseBeginning() {
    if (!archive.papers) return advice.replaceChildren(element("p", {}, "There are no papers yet."));
    const span = archive.from === archive.to ? `on ${longDay(archive.from)}`
      : `from ${longDay(archive.from)} to ${longDay(archive.to)}`;
    const examples = EXAMPLES.map(([words, does]) =>
      element("div", {}, element("dt", {}, element("code", {}, words)), element("dd", {}, does)));
    const tags = archive.tags.slice(0, 12).flatMap((tag) => [refine({ tag }, tag), " "]);
    return advice.replaceChildren(
      element("p", {}, `${count(archive.papers, "paper")}, listed ${span}. Accents and capitals do not matter.`),
      element("dl", {}, ...examples),
      ...(tags.length ? [element("div", { className: "bs-entries" }, element("p", { className: "tags" }, ...tags))] : [])
    );
  }

  /** @param {any} answer */
  function showArchive(answer) {
    if (archive.papers === answer.archive.papers) return;
    archive = answer.archive;
    const source = /** @type {HTMLSelectElement} */ (form.elements.namedItem("source"));
    source.replaceChildren(new Option("Any", ""), ...archive.sources.map(([slug, name]) => new Option(name, slug)));
    fill({ ...fromForm(), source: state.source || "", q: box.value });
    /** @type {Element} */ (page.querySelector("datalist")).replaceChildren(...archive.tags.map((tag) => new Option(tag)));
  }

  /** @param {any} answer */
  function show(answer) {
    showArchive(answer);
    showChips();
    const focused = results.contains(document.activeElement) && document.activeElement?.getAttribute("href");
    results.replaceChildren(...answer.results.flatMap(entry));
    if (focused) titles().find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    shown = answer.results.length;
    more.hidden = shown >= answer.total;
    more.textContent = `Show ${Math.min(STEP, answer.total - shown)} more`;
    advice.replaceChildren();
    const asks = Object.keys(state).some((key) => key !== "sort");
    const found = answer.total ? `${count(answer.total, "paper")} found` : "No papers found";
    const so = answer.complete ? found : `${answer.total ? found : "None found"} so far, still loading …`;
    say(asks ? so : "");
    if (!asks) adviseBeginning();
    else if (!answer.total && answer.complete) adviseNothingFound();
  }

  /** @param {string} words */
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  /** @param {Error} error */
  function showFailure(error) {
    say(`The search does not work: ${error.message}.`);
    advice.replaceChildren(
      element("p", {}, "The connection may be gone, or a file of the site missing. What was found so far is below."),
      element("p", { className: "bs-links" }, offer("Try again", () => ask()))
    );
  }

  /* ---- Asking ------------------------------------------------------------------------------------------------ */

  /** Ask for the state, and show the answer unless another question has come meanwhile. */
  async function ask(limit = STEP) {
    const mine = ++turn;
    clearTimeout(timer);
    document.title = state.q ? `${state.q} - ${title}` : title;
    const waiting = setTimeout(() => mine === turn && say("Loading the archive …"), 300);
    page.setAttribute("aria-busy", "true");
    try {
      const answer = await Broadsheet.search({ ...state, limit }, (/** @type {any} */ partly) => mine === turn && show(partly));
      if (mine === turn) show(answer);
    } catch (error) {
      if (mine === turn) showFailure(/** @type {Error} */ (error));
    }
    clearTimeout(waiting);
    if (mine === turn) page.removeAttribute("aria-busy");
  }

  /** @param {State} wanted A settled question: it gets a place in the history of its own. */
  function go(wanted) {
    state = wanted;
    typing = false;
    fill(state);
    remember(true);
    ask();
  }

  async function showMore() {
    const mine = turn;
    const answer = await Broadsheet.search({ ...state, offset: shown, limit: STEP });
    if (mine !== turn) return;
    const entries = answer.results.flatMap(entry);
    results.append(...entries);
    shown += answer.results.length;
    more.hidden = shown >= answer.total;
    more.textContent = `Show ${Math.min(STEP, answer.total - shown)} more`;
    if (entries.length) entries[0].querySelector("a").focus();
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state = fromForm();
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
  form.addEventListener("change", (event) => {
    if (event.target !== box) go(fromForm());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(fromForm());
  });
  more.addEventListener("click", showMore);
  window.addEventListener("popstate", () => {
    state = fromAddress();
    typing = false;
    fill(state);
    ask();
  });
  /* Coming back from a paper: as many results as there were, and the same place in them. */
  window.addEventListener("pagehide", () => {
    try {
      history.replaceState({ shown, top: window.scrollY }, "");
    } catch (refused) {
      /* The list then begins at its top. */
    }
  });

  page.hidden = false;
  /** @type {HTMLElement} */ (document.querySelector("[data-search-without]")).hidden = true;
  details.open = window.matchMedia("(min-width: 60em)").matches;
  state = fromAddress();
  fill(state);
  const left = history.state || {};
  ask(Math.max(STEP, left.shown || 0)).then(() => left.top && window.scrollTo(0, left.top));
  /* Who has typed words into the header goes on in the field, unless that would bring up a phone's keyboard. */
  const types = state.q ? !history.state : !Object.keys(state).length;
  if (types && window.matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
})();
