/* Numbers out of the texts of files: generator/search/bits.py and postings.py write them. */

/** What is thrown if a file does not belong to the manifest: the site has been built since that was loaded. */
export const CHANGED = new Error("the site has changed");

/** Reads the bits of a text, fifteen a character: each of its bytes has one of 182 values. */
export class Bits {
  #text;
  #at = 0;
  #left = 0;
  #rest = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  bit() {
    if (!this.#left) {
      const character = this.#text.charCodeAt(this.#at++) || 256;
      this.#rest = ((character >> 8) - 1) * 182 + (character & 255);
      this.#left = 15;
    }
    return (this.#rest >> --this.#left) & 1;
  }

  /** @param {number} count */
  bits(count) {
    let number = 0;
    while (count--) number = number * 2 + this.bit();
    return number;
  }

  /* A text that ends too early has no more bits that are set, and this no end: it is not one of ours. */
  gamma() {
    let count = 0;
    while (!this.bit()) if (++count > 40) throw CHANGED;
    return 2 ** count + this.bits(count);
  }

  /** @param {number} parameter */
  rice(parameter) {
    let high = 0;
    while (this.bit()) high++;
    return high * 2 ** parameter + this.bits(parameter) + 1;
  }
}

/**
 * Rice's parameter for the gaps of so many numbers below `most`.
 * @param {number} most
 * @param {number} number
 */
export function parameter(most, number) {
  const mean = Math.floor((most * 11) / (16 * number));
  return mean ? Math.floor(Math.log2(mean + 0.5)) : 0;
}

/**
 * The CRC-32 of a text.
 * @param {string} text
 */
export function crc(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/**
 * The number of the shard of a word.
 * @param {string} word
 * @param {number} bits
 */
export function shardOf(word, bits) {
  return bits ? crc(word) >>> (32 - bits) : 0;
}
