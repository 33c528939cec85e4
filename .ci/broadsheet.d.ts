/*
 * What the scripts in theme_overrides/assets/js/ offer each other, as properties of `Broadsheet`. For the check of their
 * types alone: nothing of it is served.
 */

/** Where something begins in a text, and where it has ended. */
type Span = [number, number];

interface Shortcut {
  does: string;
  run: () => void;
}

/** What is asked; texts are as in the address of the results page. */
interface SearchQuery {
  q?: string;
  tag?: string;
  author?: string;
  source?: string;
  /** 2025, 2025-03 or 2025-03-14, both inclusive. */
  from?: string;
  to?: string;
  /** "date", or else by relevance. */
  sort?: string;
  limit?: number;
  offset?: number;
  /** The last word is still being typed. */
  prefix?: boolean;
  /** Nothing is repaired. */
  exactly?: boolean;
}

interface SearchResult {
  /** From the top of the site, as all addresses here. */
  address: string;
  title: string;
  /** The first few; `others` says how many more there are. */
  authors: string[];
  others: number;
  day: string;
  dayAddress: string;
  tags: string[];
  sources: string[];
}

interface SearchArchive {
  papers: number;
  from: string;
  to: string;
  /** Slug and name. */
  sources: [string, string][];
  /** The most used. */
  tags: string[];
}

/** What `Broadsheet.words.marks` needs to know of a question. */
interface SearchTerms {
  words: Set<string>;
  beginnings: string[];
}

interface SearchAnswer {
  /** Papers that match all that was asked. */
  total: number;
  results: SearchResult[];
  /** There is none, and the results match a part of it. */
  partial: boolean;
  /** The question as it was corrected, or "". */
  repaired: string;
  /** Words that no paper has. */
  unknown: string[];
  terms: SearchTerms;
  /** The address of the paper that the question names by an identifier, or "". */
  exact: string;
  archive: SearchArchive;
}

interface SearchFacets {
  tags: [name: string, count: number][];
  years: [year: string | number, count: number][];
  sources: [slug: string, name: string, count: number][];
}

interface BroadsheetParts {
  /* site.js */
  keys: Record<string, Shortcut>;
  remembered: (key: string) => string | null;
  remember: (key: string, value: string) => void;
  button: (className: string, text: string) => HTMLButtonElement;
  header: (furnish: (header: HTMLElement) => void) => void;

  /* copy.js */
  copier: (source: HTMLElement, usual: string, give?: () => string) => HTMLButtonElement;

  /* search-engine.js, made of scripts/search/ */
  words: {
    fold: (text: string) => string;
    marks: (text: string, terms: SearchTerms) => Span[];
    tokens: (text: string) => { text: string; terms: string[]; beside: string[] }[];
    names: (text: string) => string[];
    label: (text: string) => string;
  };
  search: (query: SearchQuery) => Promise<SearchAnswer>;
  facets: (query: SearchQuery) => Promise<SearchFacets>;

  /* search-result.js */
  result: {
    element: <T extends keyof HTMLElementTagNameMap>(
      name: T, properties?: Record<string, unknown>, ...children: (Node | string)[]
    ) => HTMLElementTagNameMap[T];
    count: (number: number, noun: string) => string;
    day: (day: string) => string;
    marked: (text: string, ranges: Span[]) => DocumentFragment;
    names: (result: SearchResult, terms: SearchTerms) => DocumentFragment;
  };

  /* search-snippet.js */
  abstract: (address: string, wanted?: () => boolean) => Promise<string>;
  snippet: (abstract: string, terms: SearchTerms) => { text: string; ranges: Span[] };

  /* search-export.js, once it is there: what exports the answer to a question, of so many papers */
  exporter?: (query: SearchQuery, total: number) => HTMLElement;

  /* search-dialog.js, once it is there: opens the dialog, with the text of the header's field */
  dialog?: (field: HTMLInputElement) => void;
}

interface Window {
  Broadsheet: BroadsheetParts;
  /** What files of data call, with all that they hold. */
  bs: (held: unknown) => void;
}
