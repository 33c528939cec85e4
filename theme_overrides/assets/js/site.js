/*
 * The colour scheme, and the other scripts of every page. A page links this file alone, in its head, so that it runs
 * before the first paint; it adds its neighbours by their address relative to its own. Nothing in any of them is needed
 * to read: the controls that need JavaScript are made by the scripts, so that without it none is there.
 *
 * What the others use of it:
 *
 * - Broadsheet.keys, the single-key shortcuts, to which any script may add: {key: {does, run}};
 * - Broadsheet.remembered(key) and Broadsheet.remember(key, value), a reader's choice;
 * - Broadsheet.button(className, text);
 * - Broadsheet.header(furnish), which calls furnish(header) before the header is painted.
 */
(function () {
  "use strict";

  /* search-snippet.js wants the abstract alone: the rest of the page goes into a template, where nothing of it runs. */
  if (window.name === "broadsheet.abstract" && parent !== window) {
    document.write("<template>");
    document.addEventListener("DOMContentLoaded", function () {
      var page = document.querySelector("template");
      var parts = page ? page.content.querySelectorAll("[data-abstract] > p") : [];
      var abstract = Array.from(parts, (part) => part.textContent).join(" ");
      parent.postMessage({ address: location.href, abstract }, "*");
    });
    return;
  }

  var Broadsheet = window.Broadsheet || (window.Broadsheet = /** @type {BroadsheetParts} */ ({}));
  Broadsheet.keys = Broadsheet.keys || {};
  var root = document.documentElement;
  var here = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /* Storage may be refused (private windows, some file:// settings): a choice then lasts for the page. */
  Broadsheet.remembered = function (key) {
    try {
      return localStorage.getItem(key);
    } catch (refused) {
      return null;
    }
  };

  Broadsheet.remember = function (key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (refused) {
      /* Nothing to do. */
    }
  };

  Broadsheet.button = function (className, text) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = text;
    return made;
  };

  /* A frame is asked for before each painting, until the header is there; a page in the background is not painted. */
  Broadsheet.header = function (furnish) {
    var done = false;

    function look() {
      var header = !done && document.querySelector("main") && document.querySelector(".bs-header");
      if (header) {
        done = true;
        furnish(/** @type {HTMLElement} */ (header));
      } else if (!done && document.readyState === "loading") requestAnimationFrame(look);
    }

    look();
    if (!done) document.addEventListener("DOMContentLoaded", look);
  };

  /* The colour scheme. The reader's system decides (site.css) until a button has gone from system to light or dark. */
  var SCHEME = "broadsheet.scheme";
  /** @type {Record<string, string>} */
  var NAMES = { auto: "as the system has it", light: "light", dark: "dark" };
  var ORDER = ["auto", "light", "dark"];
  var palette = Broadsheet.button("bs-palette", "");

  /** @param {string | null} value */
  function show(value) {
    var scheme = value && NAMES[value] ? value : "auto";
    root.setAttribute("data-scheme", scheme);
    palette.title = "Colours: " + NAMES[scheme];
    palette.setAttribute("aria-label", palette.title + ". Change");
  }

  palette.addEventListener("click", function () {
    var next = ORDER[(ORDER.indexOf(root.dataset.scheme || "auto") + 1) % ORDER.length];
    show(next);
    Broadsheet.remember(SCHEME, next);
  });

  /* Another tab of the site has changed it. */
  window.addEventListener("storage", function (event) {
    if (event.key === SCHEME) show(event.newValue);
  });

  root.classList.replace("no-js", "js");
  show(Broadsheet.remembered(SCHEME));
  Broadsheet.header(function (header) {
    header.append(palette);
  });

  /* A page with an icon for start screens has a manifest as well. From a disk it would be refused, with a complaint. */
  if (location.protocol !== "file:" && document.querySelector("[rel=apple-touch-icon]")) {
    var manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = new URL("../../manifest.webmanifest", here).href;
    document.head.append(manifest);
  }

  /* The other scripts. They run in the order in which they are added here, however they arrive. */
  /** @param {string} name @param {string} [blocking] */
  function add(name, blocking) {
    var script = document.createElement("script");
    script.src = new URL(name, here).href;
    script.async = false;
    if (blocking) script.setAttribute("blocking", blocking);
    document.head.append(script);
  }

  /* The first paint waits for the field, where a browser knows how: it would move the sections that are beside it. */
  add("search-field.js", "render");

  /* The rest once it is known what the page has. */
  document.addEventListener("DOMContentLoaded", function () {
    if (document.querySelector("[data-by]")) add("search-links.js");
    if (document.querySelector("#permalink, #bibtex")) add("copy.js");
    if (document.getElementById("bibtex")) add("cite.js");
    if (document.getElementById("permalink")) add("share.js");
    if (document.querySelector("[data-skim]")) add("skim.js");
    if (location.protocol !== "file:" && document.querySelector("[data-skim] h3[id]")) add("zotero.js");
    add("shortcuts.js");
  });
})();
