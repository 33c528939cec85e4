/* What the modules of the search hand each other. The interface to the pages is in .ci/broadsheet.d.ts. */

/** What a word of a text is to the search: the terms that take a place each, and those that stand beside. */
interface Token {
  text: string;
  terms: string[];
  beside: string[];
}

/** A part of the index, as the manifest tells of it: generator/search/files.py. */
interface Part {
  name: string;
  start: number;
  size: number;
  bits: number;
  words: number;
  heavy: string;
  /** The terms that have files of their own, and into how many rows and columns the places of each are cut. */
  own: Map<string, number>;
  marks: Record<string, string>;
}

interface Manifest {
  papers: number;
  from: string;
  to: string;
  sources: [slug: string, name: string][];
  tags: string[];
  parts: Part[];
  days: string;
  common: string;
}

/** Where a term stands in a part: papers that have it, and its places, in rising order in each paper: see PLACES. */
interface Standing {
  papers: { length: number };
  places: number[];
}

/** The postings of a term in a part: numbers of papers there, and what the term says of each. */
interface List extends Standing {
  kind: number;
  part: Part;
  papers: number[];
  levels: number[];
}

/** Of every paper how well it answers, 0 if it does not. */
type Scores = Int32Array;

/** What a part of a question asks for: a word, a phrase, a filter, or all of some units. */
interface Unit {
  kind: "" | "title" | "phrase" | "tag" | "author" | "source" | "id" | "date" | "all";
  text: string;
  terms: string[];
  beside?: string[];
  typing?: boolean;
  units?: Unit[];
  /** The first and the last year, month or day of a date; "" if it has none. */
  span?: [string, string];
}

/** What must be, or not be: one of some units. */
interface Clause {
  not: boolean;
  any: Unit[];
}

interface Question {
  clauses: Clause[];
  /** What is no filter though it looks like one. */
  unknown: string[];
  /** The identifier that all of it is, or "". */
  id: string;
}

/** What is known while a question is answered. */
interface Context {
  all: Manifest;
  /** Nothing is repaired. */
  exactly: boolean;
  /** Words that hardly any paper has are repaired too. */
  further: boolean;
  /** There are such words. */
  rare: boolean;
  /** More than one thing is asked for. */
  more: boolean;
  /** What was put in the place of terms. */
  repaired: Map<string, string>;
  unknown: Set<string>;
  terms: SearchTerms;
}

/** What papers may have for words, must have for filters, and must not have; and how many papers there are. */
interface Found {
  scores: Scores[];
  must: Scores[];
  none: Scores[];
  papers: number;
}

/** A row of generator/search/cards.py. */
type Card = [
  key: string, title: string, author: string, others: number, day: number, tags: string[], sources: string[]
];

type Column = [tags: string[], sources: string[], rows: number[][]];
