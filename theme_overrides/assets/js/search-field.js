/*
 * The field of the header, which leads to the page of the search, and what opens the dialog of search-dialog.js, loaded
 * when it is wanted: the keys, a click on the field, a letter in it. The first paint waits for this file, so it is small.
 */
(function () {
  "use strict";

  const Broadsheet = window.Broadsheet;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const MAC = /^(Mac|iP)/.test(navigator.platform);
  const form = document.createElement("form");
  const field = document.createElement("input");
  let loading = false;
  let wanted = false;

  form.className = "bs-find";
  form.setAttribute("role", "search");
  form.action = new URL("../../search.html", here).href;
  field.type = "search";
  field.name = "q";
  field.placeholder = "Search papers";
  field.setAttribute("aria-label", field.placeholder);
  form.append(field);

  Broadsheet.header(function (header) {
    header.insertBefore(form, header.querySelector(".bs-palette"));
  });

  function load() {
    if (loading) return;
    const script = document.createElement("script");
    script.src = new URL("search-dialog.js", here).href;
    script.onload = () => wanted && open();
    script.onerror = () => {
      if (wanted) field.focus();
      loading = wanted = false;
    };
    loading = true;
    document.head.append(script);
  }

  function open() {
    /** @type {HTMLInputElement | null} The page of the search has its own. */
    const own = document.querySelector("[data-find]");
    if (own) {
      own.focus();
      own.select();
    } else if (Broadsheet.dialog) Broadsheet.dialog(field);
    else {
      wanted = true;
      load();
    }
  }

  field.addEventListener("focus", load);
  field.addEventListener("click", open);
  field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || open());

  document.addEventListener("keydown", (event) => {
    if (!/^k$/i.test(event.key) || event.altKey || event.shiftKey || event.defaultPrevented) return;
    /* In a text field of a Mac, Ctrl-K kills a line. */
    const writes = MAC && event.target instanceof Element && event.target.matches("input, textarea, [contenteditable]");
    if (!event.metaKey && (!event.ctrlKey || writes)) return;
    event.preventDefault();
    open();
  });

  Broadsheet.keys["/"] = { does: "search", run: open };
  Broadsheet.keys[MAC ? "⌘ K" : "Ctrl K"] = { does: "search, also with the keys off", run: open };
})();
