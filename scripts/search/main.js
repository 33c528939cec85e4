/*
 * The search: Broadsheet.search, Broadsheet.facets and Broadsheet.words. `make scripts` bundles it into
 * theme_overrides/assets/js/search-engine.js.
 */
import { facets, search } from "./answer.js";
import { fold, label, marks, names, tokens } from "./text.js";

window.Broadsheet = Object.assign(window.Broadsheet || {}, { words: { fold, label, marks, names, tokens }, search, facets });
