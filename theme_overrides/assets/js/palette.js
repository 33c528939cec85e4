/*
 * The colour scheme. Without this file the reader's system decides (tokens.css); with it a button goes round
 * system, light, dark, and the choice is kept for the next page.
 *
 * Loaded before the first paint, so that a remembered choice does not flash. Storage may be refused
 * (private windows, some file:// settings): the choice then lasts for the page.
 */
(function () {
  "use strict";

  var KEY = "broadsheet.scheme";
  var NAMES = { auto: "as the system has it", light: "light", dark: "dark" };
  var ORDER = ["auto", "light", "dark"];
  var root = document.documentElement;

  function remembered() {
    try {
      var value = localStorage.getItem(KEY);
      return NAMES[value] ? value : "auto";
    } catch (refused) {
      return "auto";
    }
  }

  function remember(value) {
    try {
      localStorage.setItem(KEY, value);
    } catch (refused) {
      /* Nothing to do: see above. */
    }
  }

  function show(value) {
    root.setAttribute("data-scheme", value);
  }

  function label(button) {
    var text = "Colours: " + NAMES[root.getAttribute("data-scheme")];
    button.setAttribute("aria-label", text + ". Change");
    button.title = text;
  }

  root.classList.replace("no-js", "js");
  show(remembered());

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".bs-palette");
    if (!button) return;
    label(button);
    button.addEventListener("click", function () {
      var next = ORDER[(ORDER.indexOf(root.getAttribute("data-scheme")) + 1) % ORDER.length];
      show(next);
      remember(next);
      label(button);
    });
  });

  /* Another tab of the site has changed it. */
  window.addEventListener("storage", function (event) {
    if (event.key !== KEY) return;
    show(remembered());
    var button = document.querySelector(".bs-palette");
    if (button) label(button);
  });
})();
