/*
 * The dialog in which one searches from any page: results while typing, the arrow keys choose one, Enter opens it or, if
 * none is chosen, the page of the search. search-field.js opens it, and loads this file when it is first wanted; the style
 * and the engine come with it. To a screen reader the field is a combobox with a list.
 */
(function () {
  "use strict";

  const Broadsheet = window.Broadsheet;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const home = new URL("../../", here);
  const SEARCH = new URL("search.html", home).href;
  const PARTS = ["search-engine.js", "search-result.js"];
  const TYPING = 120;
  const MOST = 8;

  /** @type {SearchAnswer | null} The answer to the text that stands in the field. */
  let answer = null;
  /** @type {HTMLInputElement | null} The header's, which says the same. */
  let field = null;
  let opening = false;
  let chosen = -1;
  let turn = 0;
  let timer = 0;

  /* ---- What it is made of ------------------------------------------------------------------------------------ */

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("../css/search-dialog.css", here).href;
  const styled = new Promise((resolve) => {
    style.onload = style.onerror = resolve;
  });
  document.head.append(style);

  const dialog = document.createElement("dialog");
  dialog.className = "bs-dialog";
  dialog.setAttribute("aria-label", "Search papers");
  /* Nothing but our own words: what is found is set as text. */
  dialog.innerHTML = `
    <form role="search" aria-label="Papers">
      <input type="text" name="q" role="combobox" maxlength="2000" autocomplete="off" autocapitalize="off"
        spellcheck="false" enterkeyhint="search" placeholder="Words, authors, an arXiv id" aria-label="Words to search for"
        aria-autocomplete="list" aria-expanded="false" aria-controls="bs-dialog-list" autofocus>
      <button type="button">Close</button>
    </form>
    <p role="status"></p>
    <div role="listbox" id="bs-dialog-list" aria-label="Papers"></div>
    <p class="bs-dialog__foot"><a>Filters and help</a><span><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> opens <kbd>Esc</kbd> closes</span></p>`;
  const [form, box, close, status, list, all] = ["form", "input", "button", "[role=status]", "[role=listbox]", "a"]
    .map((name) => /** @type {any} */ (dialog.querySelector(name)));
  form.action = all.href = SEARCH;
  document.body.append(dialog);

  /**
   * The other scripts, in this order however they arrive; one that fails is asked for again by the next question.
   * @type {Promise<unknown> | null}
   */
  let engine = null;

  function load() {
    engine = engine || Promise.all(PARTS.map((name) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, here).href;
      script.async = false;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`assets/js/${name} could not be loaded`));
      document.head.append(script);
    })));
    engine.catch(() => {
      engine = null;
    });
    return engine;
  }

  /* ---- Asking ------------------------------------------------------------------------------------------------ */

  /** @param {string} words */
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  /** @param {number} place */
  function choose(place) {
    const options = list.children;
    if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = place;
    const option = options[chosen];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  /**
   * A choice of the list that is a link, so that the middle button and the browser's menu do what they always do.
   * @param {SearchResult} result
   * @param {number} place
   */
  function option(result, place) {
    const { element, marked, day, names } = Broadsheet.result;
    const terms = answer ? answer.terms : { words: new Set(), beginnings: [] };
    const title = element("b", {}, marked(result.title, Broadsheet.words.marks(result.title, terms)));
    const line = element("small", {}, day(result.day));
    if (result.authors.length) line.append("\u00a0· ", names(result, terms));
    const link = element("a", { id: `bs-dialog-${place}`, href: new URL(result.address, home).href, tabIndex: -1 }, title, " ", line);
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }

  /**
   * What is said of an answer, in one sentence for eye and ear.
   * @param {SearchAnswer} found
   */
  function sentence(found) {
    const { count } = Broadsheet.result;
    if (found.partial) return "No paper has all of these words; these have some of them";
    if (!found.total) return "No papers found";
    return found.repaired ? `${count(found.total, "paper")} found for ${found.repaired}` : `${count(found.total, "paper")} found`;
  }

  function show() {
    const results = answer ? answer.results.slice(0, MOST) : [];
    choose(-1);
    list.replaceChildren(...results.map(option));
    list.scrollTop = 0;
    box.setAttribute("aria-expanded", String(results.length > 0));
    if (!answer) all.textContent = "Filters and help";
    else all.textContent = answer.total > results.length ? `All ${Broadsheet.result.count(answer.total, "result")}` : "All results";
    say(answer ? sentence(answer) : "");
  }

  /** Where Enter leads without a choice: to the paper that is named, else to all results. */
  function target() {
    const q = box.value.trim();
    if (answer && answer.exact) return new URL(answer.exact, home).href;
    return q ? `${SEARCH}?${new URLSearchParams({ q })}` : SEARCH;
  }

  async function ask() {
    const mine = ++turn;
    const q = box.value.trim();
    answer = null;
    all.href = target();
    if (!q) return show();
    const waiting = setTimeout(() => mine === turn && say("Searching …"), 400);
    try {
      await load();
      const found = await Broadsheet.search({ q, limit: MOST, prefix: true });
      if (mine !== turn) return;
      answer = found;
      show();
    } catch (error) {
      if (mine !== turn) return;
      list.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      say(`The search does not work: ${/** @type {Error} */ (error).message}.`);
    } finally {
      clearTimeout(waiting);
    }
  }

  function typed() {
    if (field) field.value = box.value;
    clearTimeout(timer);
    turn++;
    answer = null;
    choose(-1);
    timer = setTimeout(ask, TYPING);
  }

  /* ---- The reader -------------------------------------------------------------------------------------------- */

  box.addEventListener("input", (/** @type {InputEvent} */ event) => {
    if (!event.isComposing) typed();
  });
  box.addEventListener("compositionend", typed);

  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { length } = list.children;
    /* The field itself is between the last and the first. */
    if (event.key === "ArrowDown") choose(chosen + 1 < length ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? length - 1 : chosen - 1);
    else return;
    event.preventDefault();
  });

  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const option = list.children[chosen];
    if (option) option.click();
    else location.assign(target());
  });

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });

  Broadsheet.dialog = async function (from) {
    field = from;
    if (opening) return;
    opening = !dialog.open;
    await styled;
    const types = opening && document.activeElement === from && from.value !== box.value;
    if (types) {
      box.value = from.value;
      ask();
    }
    if (opening) {
      /* A phone would bring up its keyboard when the dialog gives the focus back. */
      if (document.activeElement === from && window.matchMedia("(pointer: coarse)").matches) from.blur();
      dialog.showModal();
    }
    opening = false;
    box.focus();
    if (!types) box.select();
  };

  load().catch(() => { /* The first question says so. */ });
})();
