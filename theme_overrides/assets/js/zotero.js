/*
 * What a list says of its papers, for Zotero and others that read COinS: a span for each, out of sight. A list is short of
 * much: it names a few authors, no dates, and of identifiers those alone that are in the address of a paper's page. What is
 * not whole is left out, for Zotero then looks the paper up by its identifier.
 */
(function () {
  "use strict";

  /* What may stand in a byline beside the authors: on a list the day, (generator/pages/entries.py). */
  const MARKS = /^(?:\d+ [A-Z][a-z]+ \d{4}|Pinned|cross-list|replacement|replacement of a cross-list|[\d,]+ upvotes?|)$/;

  /**
   * The authors, if a list names all of them, and so that each can be told from the next.
   * @param {Element | null} byline
   */
  function authors(byline) {
    if (!byline) return [];
    const copy = /** @type {Element} */ (byline.cloneNode(true));
    for (const link of copy.querySelectorAll("a")) link.remove();
    const parts = (copy.textContent || "").split(/\s*·\s*/).filter((part) => !MARKS.test(part.trim()));
    const names = parts.length === 1 ? parts[0].trim() : "";
    const each = / and \d+ others$/.test(names) ? [] : names.split(", ");
    /* A name of one word may be half of "Lovelace, Ada". */
    return each.every((name) => /\S\s\S/.test(name)) ? each : [];
  }

  /**
   * The identifier at arXiv that a key is made of (generator/ids.py), or "".
   * @param {string} key
   */
  function arxiv(key) {
    if (/^\d{4}\.\d{4,5}$/.test(key)) return key;
    return /^[a-z]+(?:-[a-z]+)?-\d{7}$/.test(key) ? key.replace(/-(?=\d{7}$)/, "/") : "";
  }

  /** @param {HTMLAnchorElement} link The title of an entry. */
  function coins(link) {
    const heading = /** @type {HTMLElement} */ (link.parentElement);
    const next = heading.nextElementSibling;
    const id = arxiv(heading.id);
    const said = new URLSearchParams({ ctx_ver: "Z39.88-2004", rft_val_fmt: "info:ofi/fmt:kev:mtx:dc" });
    if (id) {
      said.append("rft_id", `info:doi/10.48550/arXiv.${id}`);
      said.append("rft.genre", "preprint");
    }
    said.append("rft_id", id ? `https://arxiv.org/abs/${id}` : link.href);
    said.append("rft.title", link.textContent || "");
    for (const name of authors(next && next.matches("p:not([class])") ? next : null)) said.append("rft.creator", name);
    if (id) {
      said.append("rft.publisher", "arXiv");
      said.append("rft.type", "preprint");
    }
    const span = document.createElement("span");
    span.className = "Z3988";
    span.title = String(said);
    return span;
  }

  const all = document.createElement("div");
  all.hidden = true;
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-skim] h3[id] > a"));
  all.append(...[...links].map(coins));
  document.body.append(all);
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
})();
