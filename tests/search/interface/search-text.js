/* In place of the real one, for tests of the interface: terms are folded words, and each marks where it stands. */
(function () {
  "use strict";
  const Broadsheet = window.Broadsheet;
  const fold = (text) => text.toLowerCase();
  const marks = (text, terms) => {
    const found = (terms || []).flatMap((term) => {
      const at = ` ${fold(text)}`.indexOf(` ${term}`);
      return at < 0 ? [] : [[at, at + term.length]];
    });
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([from], place) => !found.slice(0, place).some(([, to]) => from < to));
  };
  Broadsheet.words = { fold, marks };
})();
