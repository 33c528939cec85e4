/*
 * A paper as BibTeX, RIS and CSL-JSON, to copy: made of what the head of its page says of it (citation_*), by the same rules
 * as the program's own files (generator/citation/). BibTeX that has TeX in it stands on the page, else its key alone.
 * And in that head, for Zotero, the abstract and what kind of work it is.
 */
(function () {
  "use strict";

  var Broadsheet = window.Broadsheet;
  var MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  var given = document.getElementById("bibtex");
  if (!given) return;

  /** @param {string} name */
  function all(name) {
    var found = document.querySelectorAll("meta[name=citation_" + name + "]");
    return Array.from(found, (meta) => /** @type {HTMLMetaElement} */ (meta).content);
  }

  /** Family and given name of "Ada Lovelace" or "Lovelace, Ada". @param {string} author */
  function split(author) {
    author = author.replace(/[ ,]+$/, "");
    var comma = author.indexOf(",");
    var family = author.slice(0, Math.max(0, comma)).trim();
    if (family) return [family, author.slice(comma + 1).trim()];
    var words = author.replaceAll(",", " ").split(/\s+/).filter(Boolean);
    var last = words.pop() || "";
    return [last, words.join(" ")];
  }

  var link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("main > header .bs-links a"));
  var arxiv = all("arxiv_id")[0];
  var doi = all("doi")[0];
  var article = doi && !arxiv;
  var paper = {
    key: given.dataset.key || (/^@\w+\{([^,]+),/.exec(given.textContent || "") || [])[1] || "",
    title: all("title")[0] || "",
    authors: all("author").map(split),
    date: (all("publication_date")[0] || "").split("/").filter(Boolean),
    venue: all("journal_title")[0],
    url: arxiv ? "https://arxiv.org/abs/" + arxiv : doi ? "https://doi.org/" + doi : link ? link.getAttribute("href") || "" : "",
  };

  /** Nothing of it must be escaped: see is_plain in generator/citation/bibtex.py. */
  function bib() {
    /** @type {[string, string | undefined][]} */
    var fields = [
      ["title", "{" + paper.title + "}"], ["author", all("author").join(" and ")], ["year", paper.date[0]],
      ["journal", paper.venue], ["eprint", arxiv], ["archiveprefix", arxiv && "arXiv"], ["doi", doi], ["url", paper.url],
    ];
    var lines = fields.filter((field) => field[1]).map((field) => "  " + field[0] + " = {" + field[1] + "},\n");
    if (paper.date[1]) lines.push("  month = " + MONTHS[Number(paper.date[1]) - 1] + ",\n");
    return "@" + (article ? "article" : "misc") + "{" + paper.key + ",\n" + lines.join("") + "}\n";
  }

  function ris() {
    /** @type {[string, string | undefined][]} */
    var lines = [["TY", article ? "JOUR" : arxiv ? "UNPB" : "GEN"], ["ID", paper.key], ["TI", paper.title]];
    paper.authors.forEach(function (names) {
      lines.push(["AU", names.filter(Boolean).join(", ")]);
    });
    if (paper.date.length) {
      lines.push(["PY", paper.date[0]], ["DA", [0, 1, 2].map((part) => paper.date[part] || "").join("/") + "/"]);
    }
    lines.push(["T2", paper.venue], ["AN", arxiv && "arXiv:" + arxiv], ["DO", doi], ["UR", paper.url]);
    return lines.filter((line) => line[1]).map((line) => line.join("  - ") + "\n").join("") + "ER  - \n";
  }

  function csl() {
    var item = {
      id: paper.key,
      type: article ? "article-journal" : "article",
      title: paper.title,
      author: paper.authors.length ? paper.authors.map(person) : undefined,
      issued: paper.date.length ? { "date-parts": [paper.date.map(Number)] } : undefined,
      "container-title": paper.venue,
      publisher: arxiv && "arXiv",
      number: arxiv && "arXiv:" + arxiv,
      DOI: doi,
      URL: paper.url || undefined,
    };
    return JSON.stringify([item], null, 1) + "\n";
  }

  /** @param {string[]} names */
  function person(names) {
    return names[1] ? { family: names[0], given: names[1] } : { literal: names[0] };
  }

  /* The abstract, for who reads the head: Zotero does, but only what is there when it looks, and again when it is told. */
  /** @type {[string, number, string][]} */
  var SIGNS = [["msub, msubsup", 1, "_"], ["msup", 1, "^"], ["msubsup", 2, "^"], ["mfrac", 1, "/"]];
  var paragraphs = Array.from(document.querySelectorAll("[data-abstract] > p:not(#editors-note ~ p)"), function (paragraph) {
    var copy = /** @type {Element} */ (paragraph.cloneNode(true));
    SIGNS.forEach(function (sign) {
      copy.querySelectorAll(sign[0]).forEach((formula) => formula.children[sign[1]].prepend(sign[2]));
    });
    return copy.textContent;
  });
  /* And of a paper of arXiv that it is a preprint: without that Zotero takes all for articles of journals. What it calls a
     description it keeps as "Extra", where it has the identifiers of arXiv itself. */
  /** @type {[string, string | undefined][]} */
  var told = [
    ["citation_abstract", paragraphs.join("\n\n")],
    ["z:itemType", arxiv && "preprint"],
    ["dc:publisher", arxiv && "arXiv"],
    ["dc:description", arxiv && "arXiv:" + arxiv],
    ["dc:identifier", arxiv && !doi ? "DOI 10.48550/arXiv." + arxiv : undefined],
  ];
  told.forEach(function (one) {
    if (!one[1]) return;
    var meta = document.createElement("meta");
    meta.name = one[0];
    meta.content = one[1];
    document.head.append(meta);
  });
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));

  var bibtex = given;
  if (given.dataset.key) {
    bibtex = document.createElement("pre");
    bibtex.id = given.id;
    bibtex.textContent = bib();
    given.replaceWith(bibtex);
  }
  bibtex.before(Broadsheet.copier(bibtex, "Copy BibTeX"));
  var others = document.createElement("p");
  others.className = "bs-links";
  others.append(Broadsheet.copier(bibtex, "Copy RIS", ris), Broadsheet.copier(bibtex, "Copy CSL-JSON", csl));
  bibtex.after(others);
})();
