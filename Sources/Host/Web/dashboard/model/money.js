// @ts-check
import { t } from "./words.js"

/** Platform currencies: counted in pieces and unknown to Intl. */
const PIECES = new Map([["BITS", "money.bits"], ["KICKS", "money.kicks"]])

/**
 * An amount in words: "€5.00", "100 bits".
 * @param {{minor: number, currency: string}} money
 * @param {string} [locale]
 * @param {typeof t} [say]
 */
export function moneyText({ minor, currency }, locale, say = t) {
  const piece = PIECES.get(currency)
  if (piece) return say(piece, { count: minor })
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency })
    // How many minor units make one is the currency's own rule: 100 cents, but no smaller unit than the yen.
    const { maximumFractionDigits: digits = 2 } = format.resolvedOptions()
    return format.format(minor / 10 ** digits)
  } catch {
    // A tip service may name something that is no ISO code; the amount is still worth showing.
    return `${new Intl.NumberFormat(locale).format(minor / 100)} ${currency}`
  }
}
