/*
 * Names and keywords, inside [data-by], lead to the search for them, which needs JavaScript anyway. Each ends with its
 * line; a comma may be part of it.
 */
(function () {
  "use strict";

  var SEARCH = new URL("../../search.html", document.currentScript.src).href;

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

  document.querySelectorAll("[data-by], [data-by] > details").forEach(link);
})();
