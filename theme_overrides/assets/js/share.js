/*
 * Sharing a paper: the system's own dialog where there is one, and links to where people write. They are plain links: nothing
 * of these places is loaded before one is followed, and they are told the title and the permalink alone. The address of a
 * file on this disk would lead nobody else anywhere.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var permalink = /** @type {HTMLAnchorElement | null} */ (document.getElementById("permalink"));
  if (!permalink || permalink.protocol === "file:") return;
  var url = permalink.href.split("#")[0];
  var heading = document.querySelector("h1");
  var meta = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=citation_title]"));
  var title = meta ? meta.content : (heading && heading.textContent) || document.title;

  var both = encodeURIComponent(title + " " + url);
  /** @type {[string, string][]} */
  var places = [
    ["Mastodon", "https://share.joinmastodon.org/#text=" + both],
    ["Bluesky", "https://bsky.app/intent/compose?text=" + both],
    ["X", "https://x.com/intent/post?text=" + encodeURIComponent(title) + "&url=" + encodeURIComponent(url)],
    ["LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url=" + encodeURIComponent(url)],
    ["E-mail", "mailto:?subject=" + encodeURIComponent(title) + "&body=" + encodeURIComponent(url)],
  ];

  var list = document.createElement("p");
  list.className = "bs-links";
  places.forEach(function (place) {
    var made = document.createElement("a");
    made.textContent = place[0];
    made.href = place[1];
    made.rel = "noopener noreferrer";
    list.append(made);
  });
  if (navigator.share) {
    var native = Broadsheet.button("bs-copy", "Share…");
    native.addEventListener("click", function () {
      navigator.share({ title, url }).catch(function () {
        /* The reader has closed the dialog. */
      });
    });
    list.prepend(native);
  }
  var name = document.createElement("h2");
  name.textContent = "Share";
  var last = /** @type {HTMLElement} */ (permalink.closest("p"));
  last.after(name, list);
})();
