/*
 * The abstract of a paper that was found, and the part of it that answers. The index holds no abstracts: a paper's own
 * page does, and is asked for it. Over http it is fetched. A page on a disk cannot be: it is opened in a hidden frame,
 * where site.js does nothing but tell the abstract.
 */
(function () {
  "use strict";

  const Broadsheet = window.Broadsheet;
  const home = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const AT_ONCE = 4;
  /* Milliseconds: in all, and for a page that is there to say something. */
  const PATIENCE = 8000;
  const MOMENT = 1500;

  /** @type {Map<string, {abstract: Promise<string>, wanted: (() => boolean)[]}>} What is known or asked, by address. */
  const known = new Map();
  /** @type {(() => void)[]} */
  const waiting = [];
  let free = AT_ONCE;

  /** Wait for one of the few places. */
  async function enter() {
    if (free) free--;
    else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  }

  function leave() {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }

  /** @param {string} address */
  async function fetched(address) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return "";
    /* It is only looked at: nothing in a parsed document is run or loaded. */
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll("[data-abstract] > p")].map((part) => part.textContent).join(" ");
  }

  /**
   * Without `allow-same-origin` the page in the frame may load no script from the disk. Files are strangers to each
   * other all the same, and all that is taken from the frame is a text.
   * @param {string} address
   * @returns {Promise<string>}
   */
  function framed(address) {
    return new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.name = "broadsheet.abstract";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
      frame.src = address;

      /** @param {string} abstract */
      function done(abstract) {
        window.removeEventListener("message", hear);
        frame.remove();
        resolve(abstract);
      }

      /** @param {MessageEvent} event */
      function hear(event) {
        if (event.source !== frame.contentWindow) return;
        const said = event.data && event.data.abstract;
        done(typeof said === "string" ? said : "");
      }

      window.addEventListener("message", hear);
      /* What it says may arrive after this event. */
      frame.addEventListener("load", () => setTimeout(done, MOMENT, ""));
      setTimeout(done, PATIENCE, "");
      document.body.append(frame);
    });
  }

  /**
   * The abstract of the paper at an address, "" if it has none or cannot be had.
   * @param {string} address From the top of the site.
   * @param {() => boolean} [wanted] Whether it is still, when its turn has come.
   * @returns {Promise<string>}
   */
  Broadsheet.abstract = function (address, wanted = () => true) {
    const asked = known.get(address);
    if (asked) {
      asked.wanted.push(wanted);
      return asked.abstract;
    }
    const all = [wanted];
    const abstract = enter().then(async () => {
      try {
        if (all.some((still) => still())) {
          const { href, protocol } = new URL(address, home);
          return await (protocol === "file:" ? framed(href) : fetched(href));
        }
      } catch (error) {
        /* The reader has the title, and the paper one click away. */
      } finally {
        leave();
      }
      known.delete(address);
      return "";
    });
    known.set(address, { abstract, wanted: all });
    return abstract;
  };

  const LENGTH = 260;
  /* Before the first word that matches, and how far back a word's beginning is looked for. */
  const BEFORE = 60;
  const BACK = 40;
  const MOST = 200;

  /**
   * A place near `at` where a word begins or, in a text without blanks, no character is torn.
   * @param {string} text
   * @param {number} at
   */
  function cut(text, at) {
    const blank = text.lastIndexOf(" ", at);
    if (blank >= at - BACK) return blank + 1;
    return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
  }

  /**
   * The part of an abstract in which most of the words stand; its beginning if there are none.
   * @param {string} abstract
   * @param {SearchTerms} terms
   */
  Broadsheet.snippet = function (abstract, terms) {
    const text = abstract.replace(/\s+/g, " ").trim();
    const ranges = Broadsheet.words.marks(text, terms);
    if (text.length <= LENGTH) return { text, ranges };
    const matches = ranges.slice(0, MOST).map(([from, to]) => ({ from, to, word: Broadsheet.words.fold(text.slice(from, to)) }));
    let start = 0;
    let most = 0;
    for (const { from } of [{ from: 0 }, ...matches]) {
      const begin = from < LENGTH / 2 ? 0 : cut(text, from - BEFORE);
      const seen = new Set(matches.filter((one) => one.from >= begin && one.to <= begin + LENGTH).map((one) => one.word));
      if (seen.size > most) [start, most] = [begin, seen.size];
    }
    const end = start + LENGTH < text.length ? cut(text, start + LENGTH) : text.length;
    const before = start ? "… " : "";
    /** @type {Span[]} */
    const inside = ranges.filter(([from, to]) => from >= start && to <= end)
      .map(([from, to]) => [from - start + before.length, to - start + before.length]);
    return { text: `${before}${text.slice(start, end).trimEnd()}${end < text.length ? " …" : ""}`, ranges: inside };
  };
})();
