/*
 * Copy buttons: <button data-copy="id"> copies what the element with that id holds, a link's address without its
 * fragment or else its text. What happened is said on the button and to a screen reader.
 */
(function () {
  "use strict";

  var status = document.createElement("div");
  status.className = "bs-unseen";
  status.setAttribute("role", "status");
  document.body.appendChild(status);

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

  function say(button, text) {
    var usual = button.getAttribute("data-label") || button.textContent;
    button.setAttribute("data-label", usual);
    button.textContent = text;
    status.textContent = text;
    clearTimeout(button.timer);
    button.timer = setTimeout(function () {
      button.textContent = usual;
      status.textContent = "";
    }, 2500);
  }

  /* The address of a file on this disk would lead nobody else anywhere. */
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var source = document.getElementById(button.getAttribute("data-copy"));
    if (source && source.protocol === "file:") button.remove();
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    var source = button && document.getElementById(button.getAttribute("data-copy"));
    if (!source) return;
    copy(valueOf(source)).then(
      function () { say(button, "Copied"); },
      function () {
        getSelection().selectAllChildren(source);
        say(button, "Selected: copy it with the keyboard");
      }
    );
    button.focus();
  });
})();
