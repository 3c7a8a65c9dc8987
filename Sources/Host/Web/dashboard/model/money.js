// @ts-check

/** Platform currencies: counted in pieces and unknown to Intl. */
const PIECES = new Map([["BITS", ["bit", "bits"]], ["KICKS", ["kick", "kicks"]]])

/**
 * An amount in words: "€5.00", "100 bits".
 * @param {{minor: number, currency: string}} money
 * @param {string} [locale]
 */
export function moneyText({ minor, currency }, locale) {
  const piece = PIECES.get(currency)
  if (piece) return `${new Intl.NumberFormat(locale).format(minor)} ${minor === 1 ? piece[0] : piece[1]}`
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
