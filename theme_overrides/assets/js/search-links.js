/*
 * Names and keywords, inside [data-by], lead to the search for them, which needs JavaScript anyway. Each ends with its
 * line; a comma may be part of it.
 */
(function () {
  "use strict";

  var SEARCH = new URL("../../search.html", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

  /** @param {Element} list */
  function link(list) {
    var by = /** @type {HTMLElement} */ (list.closest("[data-by]")).dataset.by;
    var address = SEARCH + "?" + by + "=";
    Array.from(list.childNodes).forEach(function (node) {
      if (!(node instanceof Text) || !node.data.trim()) return;
      /** @type {(Node | string)[]} */
      var parts = [];
      node.data.trim().split(",\n").forEach(function (text) {
        var made = document.createElement("a");
        made.href = address + encodeURIComponent(text);
        made.textContent = text;
        parts.push(", ", made);
      });
      node.replaceWith(...parts.slice(1), " ");
    });
  }

  document.querySelectorAll("[data-by], [data-by] > details").forEach(link);
})();
