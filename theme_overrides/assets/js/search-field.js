/*
 * The field of the header: it leads to the page of the search, and "/" leads to it or to a field that the page itself
 * has. The first paint waits for this file, so it is small.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var form = document.createElement("form");
  var field = document.createElement("input");
  form.className = "bs-find";
  form.setAttribute("role", "search");
  form.action = new URL("../../search.html", document.currentScript.src).href;
  field.type = "search";
  field.name = "q";
  field.placeholder = "Search papers";
  field.setAttribute("aria-label", field.placeholder);
  form.append(field);

  Broadsheet.header(function (header) {
    header.insertBefore(form, header.querySelector(".bs-palette"));
  });

  function find() {
    var fields = Array.prototype.slice.call(document.querySelectorAll("[data-find], main input[type=search], .bs-find input"));
    var visible = fields.find(function (candidate) {
      return candidate.offsetParent !== null;
    });
    if (!visible) return;
    visible.focus();
    visible.select();
  }

  Broadsheet.keys["/"] = { does: "search", run: find };
})();
