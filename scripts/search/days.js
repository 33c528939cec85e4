/* Days as numbers: those since the year 1, the first of which is 1, as Python has them. */
const EPOCH = 719163;
const DAY = 864e5;

/**
 * The day with which a year, month or day begins, or the one after it; NaN if it is none.
 * @param {string} text
 * @param {boolean} after
 */
export function ordinal(text, after) {
  const match = /^(\d{4})(?:[-/.](0?[1-9]|1[0-2])(?:[-/.]([0-3]?\d))?)?$/.exec(text);
  if (!match) return NaN;
  const [year, month, day] = match.slice(1).map(Number);
  const next = day ? [year, month - 1, day + 1] : month ? [year, month, 1] : [year + 1, 0, 1];
  const [y, m, d] = after ? next : [year, (month || 1) - 1, day || 1];
  return Math.round(Date.UTC(y, m, d) / DAY) + EPOCH;
}

/** @param {number} day */
export function isoDay(day) {
  return new Date((day - EPOCH) * DAY).toISOString().slice(0, 10);
}

/**
 * The number of the first paper from a day on.
 * @param {number[]} days Of each day that is some paper's first how long after the one before it is, and how many papers.
 * @param {number} wanted
 */
export function firstFrom(days, wanted) {
  let papers = 0;
  for (let i = 0, day = 0; i < days.length && (day += days[i]) < wanted; i += 2) papers += days[i + 1];
  return papers;
}
