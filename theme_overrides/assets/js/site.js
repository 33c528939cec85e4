/*
 * What every page does, in one file that is read before the first paint: the colour scheme, the keys, skimming a list
 * of papers, copying. Nothing here is needed to read; the controls that need JavaScript are made here, so that without
 * it none is there.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet || (window.Broadsheet = {});
  Broadsheet.keys = Broadsheet.keys || {};
  var root = document.documentElement;

  /* Storage may be refused (private windows, some file:// settings): a choice then lasts for the page. */
  function remembered(key) {
    try {
      return localStorage.getItem(key);
    } catch (refused) {
      return null;
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (refused) {
      /* Nothing to do. */
    }
  }

  function button(name, text) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    return made;
  }

  /* The colour scheme. The reader's system decides (site.css) until a button has gone from system to light or dark. */
  var SCHEME = "broadsheet.scheme";
  var NAMES = { auto: "as the system has it", light: "light", dark: "dark" };
  var ORDER = ["auto", "light", "dark"];
  var palette = button("bs-palette", "");

  function show(value) {
    var scheme = NAMES[value] ? value : "auto";
    root.setAttribute("data-scheme", scheme);
    palette.title = "Colours: " + NAMES[scheme];
    palette.setAttribute("aria-label", palette.title + ". Change");
  }

  palette.addEventListener("click", function () {
    var next = ORDER[(ORDER.indexOf(root.getAttribute("data-scheme")) + 1) % ORDER.length];
    show(next);
    remember(SCHEME, next);
  });

  /* Another tab of the site has changed it. */
  window.addEventListener("storage", function (event) {
    if (event.key === SCHEME) show(event.newValue);
  });

  root.classList.replace("no-js", "js");
  show(remembered(SCHEME));

  /*
   * Single-key shortcuts. Another script adds its own to Broadsheet.keys: {key: {does, run}}; this one listens, and
   * keeps the list that "?" shows. A key is never taken while somebody types, nor together with a modifier, and the
   * keys can be switched off in that list (WCAG 2.1.4: speech input triggers single keys by accident).
   */
  var KEYS = "broadsheet.keys";
  var off = remembered(KEYS) === "off";
  var keyboard = button("", "Keyboard");

  function typing(element) {
    return Boolean(element) && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  function find() {
    var fields = Array.prototype.slice.call(document.querySelectorAll("[data-find], main input[type=search], .bs-find input"));
    var field = fields.find(function (candidate) {
      return candidate.offsetParent !== null;
    });
    if (!field) return;
    field.focus();
    field.select();
  }

  function row(key, does) {
    var item = document.createElement("div");
    var term = document.createElement("dt");
    var kbd = document.createElement("kbd");
    var text = document.createElement("dd");
    kbd.textContent = key;
    text.textContent = does;
    term.appendChild(kbd);
    item.append(term, text);
    return item;
  }

  function choice() {
    var label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !off;
    box.addEventListener("change", function () {
      off = !box.checked;
      remember(KEYS, off ? "off" : "on");
    });
    label.append(box, " Keys are on");
    return label;
  }

  function build() {
    var dialog = document.createElement("dialog");
    dialog.className = "bs-help";
    dialog.setAttribute("aria-labelledby", "bs-help-title");
    var heading = document.createElement("h2");
    heading.id = "bs-help-title";
    heading.textContent = "Keyboard";
    var list = document.createElement("dl");
    Object.keys(Broadsheet.keys).forEach(function (key) {
      list.appendChild(row(key, Broadsheet.keys[key].does));
    });
    var form = document.createElement("form");
    form.method = "dialog";
    var close = document.createElement("button");
    close.textContent = "Close";
    form.appendChild(close);
    dialog.append(heading, list, choice(), form);
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog) dialog.close();
    });
    document.body.appendChild(dialog);
    return dialog;
  }

  function help() {
    var dialog = document.querySelector(".bs-help") || build();
    if (!dialog.open) dialog.showModal();
  }

  keyboard.addEventListener("click", help);

  document.addEventListener("keydown", function (event) {
    if (off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    var key = Object.prototype.hasOwnProperty.call(Broadsheet.keys, event.key) && Broadsheet.keys[event.key];
    if (!key) return;
    event.preventDefault();
    key.run();
  });

  /*
   * Skimming a list of papers: j and k move between the titles inside [data-skim], o opens one. A title is a link and
   * is really focused, so Enter, the middle button and a screen reader do what they always do.
   */
  var TITLE = "[data-skim] h3 > a:first-child";

  function titles() {
    return Array.prototype.slice.call(document.querySelectorAll(TITLE));
  }

  /* The entry that is focused; without one, the last that begins above the upper edge of the window. */
  function current(links) {
    var focused = document.activeElement.closest(TITLE);
    if (focused) return links.indexOf(focused);
    var above = links.filter(function (link) {
      return link.getBoundingClientRect().top < 8;
    });
    return above.length - 1;
  }

  function move(step) {
    var links = titles();
    var link = links[Math.min(Math.max(current(links) + step, 0), links.length - 1)];
    if (!link) return;
    link.focus({ preventScroll: true });
    link.closest("h3").scrollIntoView({ block: "start" });
  }

  function open() {
    var focused = document.activeElement.closest(TITLE);
    if (focused) focused.click();
  }

  var SKIM = {
    j: { does: "next paper", run: function () { move(1); } },
    k: { does: "previous paper", run: function () { move(-1); } },
    o: { does: "open the paper", run: open }
  };

  /*
   * Copying a link's address without its fragment, or else an element's text. What happened is said on the button and
   * to a screen reader.
   */
  var status = document.createElement("div");
  status.className = "bs-unseen";
  status.setAttribute("role", "status");

  function valueOf(element) {
    return element.href ? element.href.split("#")[0] : element.textContent;
  }

  /* The clipboard interface exists only in secure contexts; a site on plain http has the old command. */
  function copyTheOldWay(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "bs-unseen";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("the browser refused to copy"));
  }

  function copy(text) {
    if (!navigator.clipboard) return copyTheOldWay(text);
    return navigator.clipboard.writeText(text).catch(function () {
      return copyTheOldWay(text);
    });
  }

  function copier(source, usual) {
    var made = button("bs-copy", usual);
    var timer;

    function say(text) {
      made.textContent = text;
      status.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(function () {
        made.textContent = usual;
        status.textContent = "";
      }, 2500);
    }

    made.addEventListener("click", function () {
      copy(valueOf(source)).then(
        function () { say("Copied"); },
        function () {
          getSelection().selectAllChildren(source);
          say("Selected: copy it with the keyboard");
        }
      );
      made.focus();
    });
    return made;
  }

  /* The field of the header: it leads to the page of the search, to which the sections lead as well. */
  function finder(address) {
    var form = document.createElement("form");
    var field = document.createElement("input");
    form.className = "bs-find";
    form.setAttribute("role", "search");
    form.action = address;
    field.type = "search";
    field.name = "q";
    field.placeholder = "Search papers";
    field.setAttribute("aria-label", field.placeholder);
    form.append(field);
    return form;
  }

  /* The header gets its controls before it is painted: a frame is asked for before each painting. */
  var SEARCH = document.currentScript.src.replace(/assets\/js\/site\.js.*$/, "search.html");

  function furnish() {
    var header = document.querySelector("main") && document.querySelector(".bs-header");
    if (header && !palette.parentNode) header.append(finder(SEARCH), palette);
    else if (!header && document.readyState === "loading") requestAnimationFrame(furnish);
  }

  furnish();

  /* Names and keywords lead to the search for them. Each ends with its line; a comma may be part of it. */
  function link(list) {
    var address = SEARCH + "?" + list.closest("[data-by]").getAttribute("data-by") + "=";
    Array.prototype.slice.call(list.childNodes).forEach(function (node) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return;
      var parts = [];
      node.data.trim().split(",\n").forEach(function (text) {
        var made = document.createElement("a");
        made.href = address + encodeURIComponent(text);
        made.textContent = text;
        parts.push(", ", made);
      });
      node.replaceWith.apply(node, parts.slice(1).concat(" "));
    });
  }

  /* The page stands: add what it gets from here. */
  document.addEventListener("DOMContentLoaded", function () {
    furnish();
    var footer = document.querySelector(".bs-footer");
    if (footer) footer.insertBefore(keyboard, footer.querySelector("a ~ p"));

    Broadsheet.keys = Object.assign({}, document.querySelector("[data-skim]") && SKIM, Broadsheet.keys, {
      "/": { does: "search", run: find },
      "?": { does: "this help", run: help }
    });

    document.querySelectorAll("[data-by], [data-by] > details").forEach(link);

    /* The address of a file on this disk would lead nobody else anywhere. */
    var permalink = document.getElementById("permalink");
    if (permalink && permalink.protocol !== "file:") permalink.after(" ", copier(permalink, "Copy link"));
    var bibtex = document.getElementById("bibtex");
    if (bibtex) bibtex.before(copier(bibtex, "Copy BibTeX"));
    document.body.appendChild(status);
  });
})();
