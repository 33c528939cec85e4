/*
 * Copying a permanent link: the button copies a link's address without its fragment, or an element's text.
 * Broadsheet.copier makes such a button for other scripts, as cite.js for citations. What happened is said on the button and to a screen reader.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var status = document.createElement("div");
  status.className = "bs-unseen";
  status.setAttribute("role", "status");

  /** @param {HTMLElement} element */
  function valueOf(element) {
    return element instanceof HTMLAnchorElement ? element.href.split("#")[0] : element.textContent || "";
  }

  /**
   * The clipboard interface exists only in secure contexts; a site on plain http has the old command.
   * @param {string} text
   * @returns {Promise<void>}
   */
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

  /** @param {string} text */
  function copy(text) {
    if (!navigator.clipboard) return copyTheOldWay(text);
    return navigator.clipboard.writeText(text).catch(function () {
      return copyTheOldWay(text);
    });
  }

  /**
   * A button that copies what `source` holds, or what it gives for an element; that is selected if copying is refused.
   * @param {HTMLElement} source
   * @param {string} usual What stands on it.
   * @param {() => string} [give]
   */
  function copier(source, usual, give) {
    var made = Broadsheet.button("bs-copy", usual);
    var timer = 0;

    /** @param {string} text */
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
      copy(give ? give() : valueOf(source)).then(
        function () { say("Copied"); },
        function () {
          /** @type {Selection} */ (getSelection()).selectAllChildren(source);
          say("Selected: copy it with the keyboard");
        }
      );
      made.focus();
    });
    return made;
  }

  /* The address of a file on this disk would lead nobody else anywhere. */
  var permalink = /** @type {HTMLAnchorElement | null} */ (document.getElementById("permalink"));
  if (permalink && permalink.protocol !== "file:") permalink.after(" ", copier(permalink, "Copy link"));
  document.body.appendChild(status);
  Broadsheet.copier = copier;
})();
