/*
 * Skimming a list of papers: j and k move between the titles inside [data-skim], o opens one. A title is a link and
 * is really focused, so Enter, the middle button and a screen reader do what they always do.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var TITLE = "[data-skim] h3 > a:first-child";

  /** @returns {HTMLElement[]} */
  function titles() {
    return Array.from(document.querySelectorAll(TITLE));
  }

  /** @returns {HTMLElement | null} */
  function focused() {
    return document.activeElement && document.activeElement.closest(TITLE);
  }

  /**
   * The entry that is focused; without one, the last that begins above the upper edge of the window.
   * @param {HTMLElement[]} links
   */
  function current(links) {
    var link = focused();
    if (link) return links.indexOf(link);
    var above = links.filter(function (link) {
      return link.getBoundingClientRect().top < 8;
    });
    return above.length - 1;
  }

  /** @param {number} step */
  function move(step) {
    var links = titles();
    var link = links[Math.min(Math.max(current(links) + step, 0), links.length - 1)];
    if (!link) return;
    link.focus({ preventScroll: true });
    /** @type {HTMLElement} */ (link.parentElement).scrollIntoView({ block: "start" });
  }

  function open() {
    var link = focused();
    if (link) link.click();
  }

  /* They are the first that the help names; a site's own script may have taken one of them. */
  var SKIM = {
    j: { does: "next paper", run: function () { move(1); } },
    k: { does: "previous paper", run: function () { move(-1); } },
    o: { does: "open the paper", run: open }
  };
  Broadsheet.keys = Object.assign({}, SKIM, Broadsheet.keys);
})();
