/*
 * Single-key shortcuts. Another script adds its own to Broadsheet.keys: {key: {does, run}}; this one listens, and
 * keeps the list that "?" and a button in the footer show. A key is never taken while somebody types, nor together with
 * a modifier, and the keys can be switched off in that list (WCAG 2.1.4: speech input triggers single keys by accident).
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var KEYS = "broadsheet.keys";
  var off = Broadsheet.remembered(KEYS) === "off";

  /** @param {EventTarget | null} element */
  function typing(element) {
    return element instanceof HTMLElement
      && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  /** @param {string} key @param {string} does */
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
      Broadsheet.remember(KEYS, off ? "off" : "on");
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
    var dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector(".bs-help")) || build();
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", function (event) {
    if (off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    var key = Object.prototype.hasOwnProperty.call(Broadsheet.keys, event.key) && Broadsheet.keys[event.key];
    if (!key) return;
    event.preventDefault();
    key.run();
  });

  Broadsheet.keys["?"] = { does: "this help", run: help };

  var footer = document.querySelector(".bs-footer");
  var keyboard = Broadsheet.button("", "Keyboard");
  keyboard.addEventListener("click", help);
  if (footer) footer.insertBefore(keyboard, footer.querySelector("a ~ p"));
})();
